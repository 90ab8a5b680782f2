import type { Command } from 'commander'
import { processTerminal, type Terminal } from './terminal.ts'

/** The terminal as the options of a command want it. */
export function terminalOf(command: Command): Terminal {
  return processTerminal({ json: command.optsWithGlobals<{ json?: boolean }>().json === true })
}
