import type { Command } from 'commander'
import { parseConfig, readEnvironment, type Config } from '@hexapla/server'

/** Options of the commands that work on the repository itself, past any server. */
export interface LocalOptions {
  readonly data?: string
}

/** Adds {@link LocalOptions} to a command. */
export function withLocalOptions(command: Command): Command {
  return command.option('--data <directory>', 'the data directory, in place of HEXAPLA_DATA')
}

/** The configuration with what the options say otherwise. @throws ConfigError `CONFIG_INVALID` */
export function readConfig(settings: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined)
  return parseConfig({ ...readEnvironment(), ...Object.fromEntries(given) })
}
