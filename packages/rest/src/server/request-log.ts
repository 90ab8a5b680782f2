import type { FastifyBaseLogger } from 'fastify'
import type { LoggerOption, RequestLog } from '../logging.ts'

const wordyLevels: readonly unknown[] = ['trace', 'debug', 'info']

/** Whether every request gets a line, or the log is for what goes wrong. */
export function logsRequests(option: LoggerOption): boolean {
  return option !== false && (option === true || wordyLevels.includes(option.level ?? 'info'))
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
