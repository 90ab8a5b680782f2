import { CommanderError } from 'commander'
import { describeError } from './describe-error.ts'
import { EXIT, type ExitCode } from './exit-code.ts'
import { createProgram } from './program.ts'
import { processTerminal } from './terminal/terminal.ts'

/**
 * Runs the command and tells failures on standard error.
 *
 * @param args what was typed behind the command's name
 * @returns how the process has to end
 */
export async function run(args: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.OK
  const program = createProgram((code) => {
    exitCode = code
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    // Help and version are thrown too.
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.OK
    // Without a command, help was shown on standard error.
    if (error instanceof CommanderError && error.code === 'commander.help') return EXIT.USAGE
    return tell(error, args.includes('--json'))
  }
}

function tell(error: unknown, json: boolean): ExitCode {
  const { exitCode, ...description } = describeError(error)
  const terminal = processTerminal({ json })
  if (json) {
    terminal.note(JSON.stringify({ error: description }))
    return exitCode
  }
  terminal.note(`hexapla: ${description.message.replace(/^error: /, '')}`)
  // What nobody foresaw is a fault of the program: its place helps whoever mends it.
  if (description.code === 'UNEXPECTED' && error instanceof Error) terminal.note(error.stack ?? '')
  return exitCode
}
