import type { ServerResponse } from 'node:http'
import type { LoadShedding } from '../load/load-shedding.ts'
import { loggableUrl } from '../logging.ts'
import type { RestRequest } from '../request.ts'
import type { RestResponse } from '../response.ts'
import type { RequestSpan } from '../telemetry/request-span.ts'
import type { RequestLevel } from './request-log.ts'

/** What is known when an exchange is over. */
export interface ResponseOutcome {
  readonly status: number
  /** From the arrival of the headers to the last byte of the answer. */
  readonly durationMs: number
  /** From the last byte of the request to the end of the verb method: what a slow caller cannot make longer. */
  readonly handlingMs: number
  /** The caller went away before the answer was complete. */
  readonly aborted: boolean
}

/** Who wants to know of exchanges. */
export interface WatchSettings {
  readonly logs: ReadonlySet<RequestLevel>
  readonly shedding: LoadShedding | undefined
  readonly onResponse:
    | ((request: RestRequest, response: RestResponse, outcome: ResponseOutcome) => void)
    | undefined
}

/** Follows one exchange from outside: its log lines, its span, its times. */
export class ExchangeWatch {
  readonly #settings: WatchSettings
  readonly #span: RequestSpan | undefined
  readonly #started = performance.now()
  #arrived = this.#started
  #handled: number | undefined

  constructor(settings: WatchSettings, span: RequestSpan | undefined) {
    this.#settings = settings
    this.#span = span
  }

  /** The headers have arrived, nothing has been done yet. */
  begin(request: RestRequest, response: RestResponse, raw: ServerResponse): void {
    if (this.#settings.logs.has('debug')) request.log.debug(summary(request), 'request received')
    if (request.hasBody) raw.req.once('end', () => (this.#arrived = performance.now()))
    raw.once('close', () => this.#end(request, response, raw))
  }

  /** The verb method has returned or failed; what follows is sending. */
  handled(): void {
    this.#handled ??= performance.now()
  }

  /** The exchange failed through the server: `type` names how. */
  failed(error: unknown, type: string): void {
    this.#span?.fail(error, type)
  }

  #end(request: RestRequest, response: RestResponse, raw: ServerResponse): void {
    const { logs, shedding, onResponse } = this.#settings
    const ended = performance.now()
    const outcome = {
      status: raw.statusCode,
      durationMs: inMilliseconds(ended - this.#started),
      // The rest of a body that nobody read arrives after the method has ended.
      handlingMs: inMilliseconds(Math.max(0, (this.#handled ?? ended) - this.#arrived)),
      aborted: !raw.writableFinished,
    }
    const level = levelOf(outcome.status)
    if (logs.has(level)) request.log[level]({ ...summary(request), ...outcome }, 'request')
    this.#span?.end(raw.headersSent ? outcome.status : undefined)
    shedding?.learn(request, outcome.status, outcome.handlingMs)
    try {
      onResponse?.(request, response, outcome)
    } catch (error) {
      request.log.error({ err: error }, 'onResponse hook failed')
    }
  }
}

/** The line about a request that is refused, where nobody follows all exchanges: what it costs is paid by refusals alone. */
export function logRefusal(logs: ReadonlySet<RequestLevel>, request: RestRequest, status: number): void {
  const level = levelOf(status)
  if (logs.has(level)) request.log[level]({ ...summary(request), status }, 'request')
}

function summary({ method, url, route, remoteAddress }: RestRequest): Record<string, unknown> {
  return { method, url: loggableUrl(url), route, remoteAddress }
}

function levelOf(status: number): RequestLevel {
  if (status < 400) return 'info'
  return status < 500 ? 'warn' : 'error'
}

function inMilliseconds(time: number): number {
  return Math.round(time * 100) / 100
}
