import {
  EXTERNAL_SOURCES,
  isHost,
  type ExternalSourceConfig,
  type ExternalSourceName,
} from '@hexapla/repository'
import type { SettingReader } from './setting-reader.ts'

/** Whom else the repository asks: nobody unless named. */
export interface OutsideSettings {
  /** From where contents of datastreams are fetched that hold an address: `host` or `host:port`. */
  readonly datastreamHosts: readonly string[]
  /** `host` or `host:port`. */
  readonly harvestHosts: readonly string[]
  /** Hours from one harvest of a collection to the next; 0 for none that begins by itself. */
  readonly harvestHours: number
  readonly externalSources: readonly ExternalSourceConfig[]
}

const NAMES = Object.keys(EXTERNAL_SOURCES) as readonly ExternalSourceName[]

/** Reads the settings of harvests, external sources and datastreams that hold addresses. */
export function readOutsideSettings(read: SettingReader): OutsideSettings {
  const harvestHosts = readHosts(read, 'HEXAPLA_HARVEST_HOSTS')
  const wanted = read.list('HEXAPLA_EXTERNAL_SOURCES')
  for (const name of wanted.filter((one) => !NAMES.some((known) => known === one))) {
    read.fault(`HEXAPLA_EXTERNAL_SOURCES lists some of ${NAMES.join(', ')}, not "${name}"`)
  }
  const sources = NAMES.map((name) => ({
    name,
    url: read.url(`HEXAPLA_${name.toUpperCase()}_URL`, ['http:', 'https:']) ?? EXTERNAL_SOURCES[name],
  }))
  return {
    datastreamHosts: readHosts(read, 'HEXAPLA_EXTERNAL_HOSTS'),
    harvestHosts,
    harvestHours: read.number('HEXAPLA_HARVEST_HOURS', 0, { least: 0, most: 8760 }),
    externalSources: sources.filter(({ name }) => wanted.includes(name)),
  }
}

function readHosts(read: SettingReader, name: string): readonly string[] {
  const hosts = read.list(name)
  for (const host of hosts.filter((one) => !isHost(one))) {
    read.fault(`${name} lists hosts like example.org or example.org:8080, not "${host}"`)
  }
  return hosts
}
