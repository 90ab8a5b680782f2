import type { FastifyBaseLogger } from 'fastify'
import type { LoggerOption, RequestLog } from '../logging.ts'

/** Levels of the lines about requests: `debug` when one arrives, the others by the status of its answer. */
export type RequestLevel = 'debug' | 'info' | 'warn' | 'error'

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/** The levels whose lines are wanted. */
export function requestLevels(option: LoggerOption): ReadonlySet<RequestLevel> {
  const least = option === false ? 'silent' : option === true ? 'info' : (option.level ?? 'info')
  const wanted = (['debug', 'info', 'warn', 'error'] as const).filter(
    (level) => levels.indexOf(level) >= levels.indexOf(least),
  )
  return new Set(wanted)
}

/** A log whose lines carry the request's id, made when the first of them is written: most requests log nothing. */
export function requestLog(server: FastifyBaseLogger, requestId: string): RequestLog {
  return new LazyLog(server, requestId)
}

class LazyLog implements RequestLog {
  readonly #server: FastifyBaseLogger
  readonly #requestId: string
  #own: FastifyBaseLogger | undefined

  constructor(server: FastifyBaseLogger, requestId: string) {
    this.#server = server
    this.#requestId = requestId
  }

  get trace(): RequestLog['trace'] {
    return this.#log.trace.bind(this.#log)
  }

  get debug(): RequestLog['debug'] {
    return this.#log.debug.bind(this.#log)
  }

  get info(): RequestLog['info'] {
    return this.#log.info.bind(this.#log)
  }

  get warn(): RequestLog['warn'] {
    return this.#log.warn.bind(this.#log)
  }

  get error(): RequestLog['error'] {
    return this.#log.error.bind(this.#log)
  }

  get #log(): FastifyBaseLogger {
    return (this.#own ??= this.#server.child({ requestId: this.#requestId }))
  }
}
