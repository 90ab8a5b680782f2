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
  const { status, method, url, faults } = error as Told
  return {
    exitCode: exitCodeOf(error, code, status),
    code,
    message:
      method === undefined || url === undefined ? withCause(error) : `${method} ${url}: ${withCause(error)}`,
    ...(status !== undefined && { status }),
    ...(faults !== undefined && { faults }),
  }
}

/** What errors of the other packages tell, each some of it. */
interface Told {
  readonly status?: number
  readonly method?: string
  readonly url?: string
  readonly faults?: readonly string[]
}

function ofStatus(status: number): ExitCode {
  if (status === 401 || status === 403) return EXIT.REFUSED
  return status === 404 || status === 410 ? EXIT.NOT_FOUND : EXIT.FAILURE
}

// Told apart by name: their packages are loaded by the commands that need them, and this by all.
function exitCodeOf(error: Error, code: string, status: number | undefined): ExitCode {
  switch (error.name) {
    case 'ConfigError':
    case 'EndpointError':
      return EXIT.USAGE
    case 'LoginError':
      return EXIT.REFUSED
    case 'OpenIDError':
      return OPENID[code] ?? EXIT.REFUSED
    case 'NetworkError':
    case 'TimeoutError':
      return EXIT.UNREACHABLE
    case 'EmbeddedPostgresError':
      return code === 'DATA_DIRECTORY_IN_USE' ? EXIT.DATA_IN_USE : EXIT.FAILURE
    case 'OutsideError':
      return code === 'OUTSIDE_UNREACHABLE' ? EXIT.UNREACHABLE : EXIT.FAILURE
    case 'DomainError':
      return DOMAIN[code] ?? EXIT.FAILURE
    default:
      if (status !== undefined) return ofStatus(status)
      return 'syscall' in error && error.syscall === 'listen' ? EXIT.CANNOT_LISTEN : EXIT.FAILURE
  }
}

const OPENID: Readonly<Record<string, ExitCode>> = {
  provider_unavailable: EXIT.UNREACHABLE,
  provider_invalid: EXIT.FAILURE,
  device_unsupported: EXIT.FAILURE,
}

const DOMAIN: Readonly<Record<string, ExitCode>> = {
  NOT_FOUND: EXIT.NOT_FOUND,
  REFERENCE_INVALID: EXIT.NOT_FOUND,
  NOT_SIGNED_IN: EXIT.REFUSED,
  NOT_ALLOWED: EXIT.REFUSED,
  LOGIN_REFUSED: EXIT.REFUSED,
  INVALID: EXIT.USAGE,
}

/** `fetch` hides the reason of a failure below it. */
function withCause({ name, message, cause }: Error): string {
  const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  return name === 'NetworkError' && reason instanceof Error && !message.includes(reason.message)
    ? `${message}: ${reason.message}`
    : message
}
