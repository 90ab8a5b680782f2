import type { FastifyBaseLogger, FastifyServerOptions } from 'fastify'

/** The log as handlers and hooks see it: `log.info({ data }, 'message')`. */
export type RequestLog = Pick<FastifyBaseLogger, 'trace' | 'debug' | 'info' | 'warn' | 'error'>

/** Where and how much is logged; JSON lines. `false` is silence. */
export type LoggerOption =
  | boolean
  | {
      /** pino level: `trace`, `debug`, `info`, `warn`, `error`, `silent`. Default `info`. */
      readonly level?: string
      /** Takes the lines; default standard output. */
      readonly stream?: { write(line: string): void }
    }

const secretHeaders = [
  'authorization',
  'cookie',
  'set-cookie',
  'x-xsrf-token',
  'dspace-xsrf-token',
  'proxy-authorization',
]
const secretParameter =
  /([?&](?:authentication-token|access_token|token|id_token_hint|code|password)=)[^&#]*/gi

/** The logger option of Fastify, with secrets of headers taken out whoever logs them. */
export function loggerOptions(option: LoggerOption): Exclude<FastifyServerOptions['logger'], undefined> {
  if (option === false) return false
  const paths = secretHeaders.flatMap((name) => [`headers["${name}"]`, `*.headers["${name}"]`, `["${name}"]`])
  return { level: 'info', ...(option === true ? {} : option), redact: paths }
}

/** A request target as it may be logged: values of parameters that hold secrets are replaced. */
export function loggableUrl(url: string): string {
  return url.includes('?') ? url.replace(secretParameter, '$1[redacted]') : url
}
