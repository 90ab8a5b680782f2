import type { ExitCode } from './exit-code.ts'

/** Code of a {@link CommandError}. */
export type CommandErrorCode =
  | 'USAGE'
  | 'NOT_LOGGED_IN'
  | 'NO_DEVICE_LOGIN'
  | 'NOT_FOUND'
  | 'FILE_EXISTS'
  | 'IMPORT_BEGUN'
  | 'INTERRUPTED'
  | 'DATABASE_LOST'

/** A failure of the command itself, with the exit code that it stands for. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly code: CommandErrorCode
  readonly exitCode: ExitCode

  constructor(code: CommandErrorCode, message: string, exitCode: ExitCode) {
    super(message)
    this.code = code
    this.exitCode = exitCode
  }
}

/** The command was called in a way that makes no sense. */
export function usageError(message: string): CommandError {
  return new CommandError('USAGE', message, 2)
}
