import type { SettingReader } from './setting-reader.ts'

/** How the Islandora dialect is restricted. */
export interface IslandoraSettings {
  /** The namespaces of pids that it is about; empty for all. */
  readonly namespaces: readonly string[]
}

/** Reads the settings of the Islandora dialect. */
export function readIslandoraConfig(read: SettingReader): IslandoraSettings {
  const name = 'HEXAPLA_ISLANDORA_NAMESPACES'
  const namespaces = read.list(name)
  for (const namespace of namespaces) {
    if (/^[A-Za-z0-9.-]+$/.test(namespace)) continue
    read.fault(`${name} lists namespaces of letters, digits, dots and hyphens, not "${namespace}"`)
  }
  return { namespaces }
}
