import { checkAnswer } from './specification/check-answer.ts'
import type { Specification } from './specification/load-specification.ts'

/**
 * A `fetch` for tests and debugging, which refuses answers that are not as an OpenAPI document says, failures included.
 * What the document does not know is not asked for.
 *
 * Throws {@link SpecificationError} with `path-unknown`, `verb-unknown`, `status-unknown`, `response-invalid`.
 *
 * @param inner asks; by default the global `fetch`
 * @example
 * const client = new RestClient(url, { fetch: validatingFetch(specification) })
 */
export function validatingFetch(
  specification: Specification,
  inner: typeof globalThis.fetch = globalThis.fetch,
): typeof globalThis.fetch {
  return async (input, init) => {
    const isRequest = input instanceof Request
    const url = new URL(isRequest ? input.url : input)
    const method = init?.method ?? (isRequest ? input.method : 'GET')
    const { operation } = specification.find(method.toUpperCase(), url.pathname)
    const response = await inner(input, init)
    const text = await response.clone().text()
    checkAnswer(operation, {
      status: response.status,
      hasBody: text !== '',
      contentType: response.headers.get('content-type') ?? undefined,
      headers: new Set(response.headers.keys()),
      text,
    })
    return response
  }
}
