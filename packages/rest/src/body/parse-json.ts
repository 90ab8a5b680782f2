import { HttpError } from '../http-error.ts'
import { findJsonFault } from './find-json-fault.ts'

/**
 * Parses a JSON text (RFC 8259).
 *
 * @throws HttpError 400 `malformed-json`, with line and column of the fault.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw new HttpError(400, 'malformed-json', describe(text), { cause })
  }
}

function describe(text: string): string {
  if (text.trim() === '') return 'the body is empty, JSON is needed'
  const before = text.slice(0, findJsonFault(text))
  const line = before.split('\n').length
  const column = before.length - before.lastIndexOf('\n')
  return `the body is not JSON: fault at line ${line}, column ${column}`
}
