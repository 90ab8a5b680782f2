import { AnswerError } from '../errors.ts'
import type { ClientRequest } from '../pipeline/layer.ts'

// What an error keeps of a faulty document.
const excerptLength = 1000

/**
 * The JSON document of an answer, or of a line of it; `undefined` for a blank one. The declared media type does not
 * count: many servers declare none.
 *
 * @throws {AnswerError} `answer_invalid`
 */
export function parseAnswer(request: ClientRequest, text: string, line?: number): unknown {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  try {
    return JSON.parse(trimmed) as unknown
  } catch (error) {
    const { method, url } = request
    const faulty = { text: trimmed.slice(0, excerptLength), ...(line === undefined ? {} : { line }) }
    throw new AnswerError({ method, url: url.href }, faulty, error)
  }
}
