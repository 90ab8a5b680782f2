import type { Command } from 'commander'

/** Options of the commands that work on the repository itself, past any server. */
export interface LocalOptions {
  readonly data?: string
}

/** Adds {@link LocalOptions} to a command. */
export function withLocalOptions(command: Command): Command {
  return command.option('--data <directory>', 'the data directory, in place of HEXAPLA_DATA')
}
