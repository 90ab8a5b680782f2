import type { SettingReader } from './setting-reader.ts'

/** How the Pele dialect answers. */
export interface PeleConfig {
  /** Whether reading calls take a token. */
  readonly isClosed: boolean
  /** Whether calls are counted, and refused where there are too many. */
  readonly isLimited: boolean
  readonly tokenLifetimeSeconds: number
}

/** Reads the settings of the Pele dialect. */
export function readPeleConfig(read: SettingReader): PeleConfig {
  return {
    isClosed: read.choice('HEXAPLA_PELE_AUTH', ['on', 'off'], 'on') === 'on',
    isLimited: read.choice('HEXAPLA_PELE_RATE_LIMITS', ['on', 'off'], 'on') === 'on',
    tokenLifetimeSeconds: read.number('HEXAPLA_PELE_TOKEN_SECONDS', 86_400, { least: 1, most: 31_536_000 }),
  }
}
