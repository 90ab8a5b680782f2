import { HttpError } from '../http-error.ts'

/**
 * Parses a JSON text (RFC 8259).
 *
 * @throws HttpError 400 `malformed-json`, with line and column where the parser names a position.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw new HttpError(400, 'malformed-json', describe(text, cause), { cause })
  }
}

function describe(text: string, cause: unknown): string {
  if (text.trim() === '') return 'the body is empty, JSON is needed'
  const position = cause instanceof Error ? /at position (\d+)/.exec(cause.message)?.[1] : undefined
  const offset = position === undefined ? text.length : Number(position)
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  const column = offset - before.lastIndexOf('\n')
  return `the body is not JSON: fault at line ${line}, column ${column}`
}
