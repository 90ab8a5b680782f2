import { parseConfig, readEnvironment, type Config } from '@hexapla/server'

/** The configuration with what the options say otherwise. @throws ConfigError `CONFIG_INVALID` */
export function readConfig(settings: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined)
  return parseConfig({ ...readEnvironment(), ...Object.fromEntries(given) })
}
