import type { IncomingMessage, ServerResponse } from 'node:http'
import { toFailure, type ErrorMapper } from '../failure.ts'
import { HttpError } from '../http-error.ts'
import type { ServerLimits } from '../limits.ts'
import type { RequestLog } from '../logging.ts'
import type { SecurityScheme } from '../openapi/description/document.ts'
import { problemRepresentation, type ErrorRepresentation } from '../problem.ts'
import { RestRequest, type RequestSource } from '../request.ts'
import { RestResponse } from '../response.ts'
import { logRefusal, type ExchangeWatch } from './exchange-watch.ts'
import type { RequestLevel } from './request-log.ts'
import { routedMethods, type Route } from './route.ts'
import { sendAnswer } from './send-answer.ts'

/** Runs on the headers of every request, before its body is read; throws to refuse, or ends the answer itself. */
export interface BeforeHook {
  (request: RestRequest, response: RestResponse): void | Promise<void>
  /** The ways to sign in that it knows, as OpenAPI names them: guarded operations are described by them. */
  readonly securitySchemes?: Readonly<Record<string, SecurityScheme>>
}

/** What all exchanges of one server share. */
export interface ExchangeSettings {
  readonly limits: ServerLimits
  readonly hooks: readonly BeforeHook[]
  readonly errorRepresentation: ErrorRepresentation
  readonly mapError: ErrorMapper | undefined
  /** Requests whose caller waits for `100 Continue`. */
  readonly awaitingContinue: WeakSet<IncomingMessage>
  readonly isStopping: () => boolean
  readonly ignoresCodings: boolean
  readonly logs: ReadonlySet<RequestLevel>
}

/** One request as the router hands it over. */
export interface Incoming {
  readonly raw: IncomingMessage
  readonly rawResponse: ServerResponse
  readonly id: string
  readonly params: Readonly<Record<string, string>>
  readonly log: RequestLog
  readonly caller: RequestSource['caller']
  /** There only when somebody wants to know of exchanges. */
  readonly watch: ExchangeWatch | undefined
}

// What describes content that will not be sent when a failure takes its place.
const contentHeaders = [
  'accept-ranges',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-range',
  'content-type',
  'etag',
  'expires',
  'last-modified',
  'link',
  'location',
]

const disconnectCodes = new Set<unknown>([
  'client-aborted',
  'ABORT_ERR',
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
])

/**
 * Answers one request, whatever happens. `refusal` is a failure found before routing; without `route` the path is
 * unknown. Never rejects.
 */
export async function runExchange(
  settings: ExchangeSettings,
  incoming: Incoming,
  route: Route | undefined,
  refusal?: HttpError,
): Promise<void> {
  const { raw, rawResponse, log, watch } = incoming
  const response = new RestResponse()
  response.headers['x-request-id'] = incoming.id
  response.headers['x-content-type-options'] = 'nosniff'
  const request = new RestRequest({
    raw,
    rawResponse,
    id: incoming.id,
    params: incoming.params,
    route: route?.path,
    log,
    awaitingContinue: settings.awaitingContinue,
    bodyLimit: route?.bodyLimit ?? settings.limits.bodyBytes,
    stalledTimeoutMs: settings.limits.stalledTimeoutMs,
    ignoresCodings: settings.ignoresCodings,
    caller: incoming.caller,
  })
  watch?.begin(request, response, rawResponse)
  try {
    const value = await answer(settings, route, request, response, refusal)
    watch?.handled()
    const sending = send(settings, incoming, response, value)
    if (sending !== undefined) await sending
  } catch (error) {
    await fail(settings, incoming, request, response, error)
  }
}

/** Runs the hooks and the verb method; the result is what the verb method returned. */
async function answer(
  settings: ExchangeSettings,
  route: Route | undefined,
  request: RestRequest,
  response: RestResponse,
  refusal: HttpError | undefined,
): Promise<unknown> {
  for (const hook of settings.hooks) {
    const running = hook(request, response)
    if (running !== undefined) await running
    if (response.ended) return response.endedBody
  }
  if (refusal !== undefined) throw refusal
  const { method } = request
  if (!routedMethods.includes(method)) {
    throw new HttpError(501, 'method-unknown', `the method ${method} is not known here`)
  }
  if (route === undefined) throw new HttpError(404, 'path-unknown', 'there is nothing at this path')
  const verb = route.verbs.get(method)
  if (verb === undefined) {
    response.headers['allow'] = route.allow
    if (method !== 'OPTIONS') throw new HttpError(405, 'method-not-allowed', `${method} is not possible here`)
    response.status(204)
    return undefined
  }
  const handler = route.create({ request, response })
  if (handler.prepare !== undefined) {
    await handler.prepare()
    if (response.ended) return response.endedBody
  }
  const result: unknown = handler[verb]?.()
  const value = result instanceof Promise ? await (result as Promise<unknown>) : result
  return response.ended ? response.endedBody : value
}

function send(
  settings: ExchangeSettings,
  incoming: Incoming,
  response: RestResponse,
  value: unknown,
): Promise<void> | undefined {
  return sendAnswer(
    {
      raw: incoming.raw,
      rawResponse: incoming.rawResponse,
      limits: settings.limits,
      awaitsContinue: settings.awaitingContinue.has(incoming.raw),
      stopping: settings.isStopping(),
    },
    response,
    value,
  )
}

async function fail(
  settings: ExchangeSettings,
  incoming: Incoming,
  request: RestRequest,
  response: RestResponse,
  error: unknown,
): Promise<void> {
  const { rawResponse, log, watch } = incoming
  watch?.handled()
  if (rawResponse.headersSent || rawResponse.destroyed) {
    // The answer cannot be taken back: cutting it is the only way to say that it is not whole.
    if (tellsOfDisconnect(error)) {
      log.info({ code: 'client-aborted' }, 'the caller went away')
    } else {
      log.error({ err: error }, rawResponse.headersSent ? 'answer cut short' : 'request failed, caller gone')
      watch?.failed(error, 'answer-cut-short')
    }
    rawResponse.destroy()
    return
  }
  try {
    const failure = toFailure(error, settings.mapError)
    if (failure.referenceId !== undefined) {
      log.error({ err: error, referenceId: failure.referenceId, code: failure.code }, 'request failed')
      watch?.failed(error, failure.code)
    }
    const shown = settings.errorRepresentation(failure, request)
    clearContent(response)
    const status = shown.status ?? failure.status
    response.status(status, shown.reason)
    if (watch === undefined) logRefusal(settings.logs, request, status)
    for (const [name, value] of Object.entries({ ...failure.headers, ...shown.headers }))
      response.header(name, value)
    await send(settings, incoming, response, shown.body)
  } catch (second) {
    log.error({ err: second, cause: error }, 'error representation failed')
    watch?.failed(second, 'error-representation')
    if (rawResponse.headersSent) {
      rawResponse.destroy()
      return
    }
    const failure = toFailure(second, undefined)
    clearContent(response)
    response.status(500).type('application/problem+json')
    await send(settings, incoming, response, problemRepresentation({ ...failure, status: 500 }).body)
  }
}

/** What streams and aborted waits throw when it is the caller who ended the connection. */
function tellsOfDisconnect(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? error.code : undefined
  return disconnectCodes.has(code) || error.name === 'AbortError'
}

function clearContent(response: RestResponse): void {
  for (const name of contentHeaders) delete response.headers[name]
}
