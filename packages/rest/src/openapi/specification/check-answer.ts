import type { FieldFault } from '../../http-error.ts'
import type { MediaTypes } from './media-types.ts'
import { responseFor, type Operation } from './operation.ts'
import type { CheckValue } from './schema-compiler.ts'
import { SpecificationError } from './specification-error.ts'

/** An answer as it is on the wire. */
export interface Answer {
  readonly status: number
  readonly hasBody: boolean
  readonly contentType: string | undefined
  /** Names of its headers, in lower case. */
  readonly headers: ReadonlySet<string>
  /** Its body, where that is text. */
  readonly text: string | undefined
}

/**
 * Holds an answer against what the document says of it. An operation without `responses` says nothing.
 *
 * @throws SpecificationError `status-unknown`, `response-invalid`
 */
export function checkAnswer(operation: Operation, answer: Answer): void {
  if (operation.responses.size === 0) return
  const described = responseFor(operation, answer.status)
  if (described === undefined) {
    throw new SpecificationError('status-unknown', `the document has no answer ${answer.status} here`)
  }
  const missing = described.requiredHeaders
    .filter((name) => !answer.headers.has(name))
    .map((name) => ({ name, message: 'is required' }))
  const faults = [...missing, ...bodyFaults(described.types, answer)]
  if (faults.length === 0) return
  const list = faults.map(({ name, message }) => `${name} ${message}`.trim()).join('; ')
  throw new SpecificationError('response-invalid', `the answer is not as the document says: ${list}`, {
    faults,
  })
}

function bodyFaults(types: MediaTypes, { hasBody, contentType, text }: Answer): readonly FieldFault[] {
  if (!hasBody || types.names.length === 0) return []
  const media = types.find(contentType)
  if (media === undefined) {
    return [{ name: 'content-type', message: `must be one of ${types.names.join(', ')}, not ${contentType}` }]
  }
  if (text === undefined) return []
  return media.isJson ? jsonFaults(text, media.check) : media.check(text)
}

function jsonFaults(text: string, check: CheckValue): readonly FieldFault[] {
  try {
    return check(JSON.parse(text))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return [{ name: '', message: 'is no JSON' }]
  }
}
