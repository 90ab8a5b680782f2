import type { RequestBody } from '../body/request-body.ts'
import { AnswerError } from '../errors.ts'
import { sendAccepted } from '../pipeline/send-accepted.ts'
import { parseAnswer } from '../rest/parse-answer.ts'
import { buildRequest, type RequestOptions } from '../session/request-options.ts'
import type { IslandoraParts } from './create-islandora-parts.ts'
import { formFields, type FormValues } from './form-fields.ts'

/** What every call can be told. */
export interface IslandoraCallOptions {
  readonly signal?: AbortSignal
  /** Longest silence in milliseconds, instead of the session's; 0 for none. */
  readonly timeoutMs?: number
}

/** The requests that the resources of the API are made of. */
export interface IslandoraApi {
  /** Resolves with the answer, its body unread. */
  readonly send: (
    method: string,
    path: string,
    options: RequestOptions,
    body?: RequestBody,
  ) => Promise<Response>
  /** Resolves with the document of the answer; `undefined` where it has none. */
  readonly ask: (
    method: string,
    path: string,
    options: RequestOptions,
    body?: RequestBody,
  ) => Promise<unknown>
  /** PUT or DELETE with values, or a POST that stands for it; resolves as `ask`. */
  readonly change: (
    method: 'PUT' | 'DELETE',
    path: string,
    values: FormValues,
    options: RequestOptions,
  ) => Promise<unknown>
  /** A document that there must be. */
  readonly read: (path: string, options: RequestOptions) => Promise<unknown>
}

/** Speaks to a site through the layers of its session. */
export function islandoraApi(parts: IslandoraParts): IslandoraApi {
  const build = (method: string, path: string, options: RequestOptions, body?: RequestBody) => {
    const headers = new Headers(options.headers)
    if (!headers.has('accept')) headers.set('accept', 'application/json')
    return buildRequest(parts, method, path, { ...options, headers }, body)
  }
  const ask: IslandoraApi['ask'] = async (method, path, options, body) => {
    const request = build(method, path, options, body)
    const response = await sendAccepted(parts.send, request)
    return parseAnswer(request, await response.text())
  }

  return {
    ask,
    send: async (method, path, options, body) =>
      sendAccepted(parts.send, build(method, path, options, body), options.accept),
    async change(method, path, values, options) {
      const fields = formFields(values)
      if (!parts.tunnel) {
        const hasValues = Object.keys(fields).length > 0
        return ask(method, path, { ...options, ...(hasValues && { json: values }) })
      }
      // What it stands for may be repeated (RFC 9110 section 9.2.2).
      return ask('POST', path, { retry: true, ...options, body: new URLSearchParams({ ...fields, method }) })
    },
    async read(path, options) {
      const document = await ask('GET', path, options)
      if (document !== undefined) return document
      throw new AnswerError(
        { method: 'GET', url: parts.endpoint.resolve(path).href },
        { text: '' },
        undefined,
      )
    },
  }
}
