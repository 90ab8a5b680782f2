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

/** The requests that the resources of the API are made of; each rejects with `http_error` for a status that is one. */
export interface IslandoraApi {
  /** Resolves with the answer, its body unread. */
  readonly send: (method: string, path: string, options: RequestOptions) => Promise<Response>
  /** Resolves with the document of the answer; `undefined` where it has none. */
  readonly ask: (
    method: string,
    path: string,
    options: RequestOptions,
    streamed?: RequestBody,
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
  const ask: IslandoraApi['ask'] = async (method, path, options, streamed) => {
    const headers = { accept: 'application/json' }
    const request = buildRequest(parts, method, path, { ...options, headers }, streamed)
    const response = await sendAccepted(parts.send, request)
    return parseAnswer(request, await response.text())
  }

  return {
    send: async (method, path, options) =>
      sendAccepted(parts.send, buildRequest(parts, method, path, options), options.accept),
    ask,
    async change(method, path, values, options) {
      const fields = formFields(values)
      if (parts.tunnel) {
        const body = new URLSearchParams({ ...fields, method })
        // What it stands for may be repeated (RFC 9110 section 9.2.2).
        return ask('POST', path, { ...options, body, retry: true })
      }
      const isEmpty = Object.keys(fields).length === 0
      return ask(method, path, isEmpty ? options : { ...options, json: values })
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
