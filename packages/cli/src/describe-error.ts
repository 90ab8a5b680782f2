import { EndpointError, HttpError, LoginError, NetworkError, TimeoutError } from '@hexapla/client'
import { DomainError, EmbeddedPostgresError } from '@hexapla/repository'
import { ConfigError } from '@hexapla/server'
import { CommanderError } from 'commander'
import { CommandError } from './command-error.ts'
import { EXIT, type ExitCode } from './exit-code.ts'

/** A failure as the command tells it. */
export interface ErrorDescription {
  readonly exitCode: ExitCode
  /** Stable; `UNEXPECTED` for what nobody foresaw. */
  readonly code: string
  readonly message: string
  /** Status of a server's answer. */
  readonly status?: number
  /** Every fault of a configuration. */
  readonly faults?: readonly string[]
}

/** Says what a failure is, in a line or a few, and how the command has to end. */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { exitCode: EXIT.FAILURE, code: 'UNEXPECTED', message: String(error) }
  const { message } = error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'UNEXPECTED'
  if (error instanceof CommandError) return { exitCode: error.exitCode, code, message }
  if (error instanceof CommanderError) return { exitCode: EXIT.USAGE, code: 'USAGE', message }
  if (error instanceof ConfigError) {
    return { exitCode: EXIT.USAGE, code, message, faults: error.faults }
  }
  if (error instanceof HttpError) {
    const about = `${error.method} ${error.url}: ${message}`
    return { exitCode: ofStatus(error.status), code, message: about, status: error.status }
  }
  return { exitCode: exitCodeOf(error, code), code, message: withCause(error) }
}

function ofStatus(status: number): ExitCode {
  if (status === 401 || status === 403) return EXIT.REFUSED
  return status === 404 || status === 410 ? EXIT.NOT_FOUND : EXIT.FAILURE
}

function exitCodeOf(error: Error, code: string): ExitCode {
  if (error instanceof LoginError) return EXIT.REFUSED
  if (error instanceof EndpointError) return EXIT.USAGE
  if (error instanceof NetworkError || error instanceof TimeoutError) return EXIT.UNREACHABLE
  if (error instanceof EmbeddedPostgresError && code === 'DATA_DIRECTORY_IN_USE') return EXIT.DATA_IN_USE
  if (error instanceof DomainError) return DOMAIN[code] ?? EXIT.FAILURE
  const isListening = 'syscall' in error && error.syscall === 'listen'
  return isListening ? EXIT.CANNOT_LISTEN : EXIT.FAILURE
}

const DOMAIN: Readonly<Record<string, ExitCode>> = {
  NOT_FOUND: EXIT.NOT_FOUND,
  REFERENCE_INVALID: EXIT.NOT_FOUND,
  NOT_SIGNED_IN: EXIT.REFUSED,
  NOT_ALLOWED: EXIT.REFUSED,
  LOGIN_REFUSED: EXIT.REFUSED,
  INVALID: EXIT.USAGE,
}

/** `fetch` hides the reason of a failure one level down. */
function withCause({ message, cause }: Error): string {
  const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  return reason instanceof Error && !message.includes(reason.message) && reason.message !== ''
    ? `${message}: ${reason.message}`
    : message
}
