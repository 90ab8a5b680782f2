import type { Readable } from 'node:stream'
import { OutsideError } from '../domain/outside-error.ts'
import { isAllowed, type AllowedHosts } from '../outside/allowed-hosts.ts'
import { fetchOutside } from '../outside/fetch-outside.ts'
import type { HarvestSources, OpenSource } from './harvest-source.ts'
import { listRecords } from './list-records.ts'
import { openFile } from './open-file.ts'
import { openProvider, type Provider } from './open-provider.ts'
import { readResourceMap } from './read-resource-map.ts'
import { verifySettings } from './verify-settings.ts'

/** Which providers may be asked, and for how much. */
export interface OaiSourcesConfig {
  readonly hosts: AllowedHosts
  /** The largest file that is fetched. */
  readonly maxFileBytes: number
}

const HARVESTING = { retries: 6, patience: 5 * 60_000 }

/** OAI-PMH 2.0 providers as sources of records; those alone whose hosts are allowed. */
export function oaiSources({ hosts, maxFileBytes }: OaiSourcesConfig): HarvestSources {
  const ask = fetchOutside(hosts)
  return {
    isAllowed(source) {
      const url = URL.parse(source)
      return url !== null && isAllowed(url, hosts)
    },
    verify: (settings) => verifySettings(ask, settings),
    async open(settings, signal) {
      const options = { ...HARVESTING, ...(signal && { signal }) }
      const provider = await openProvider(ask, settings.source, options)
      const prefix = provider.prefixOf(settings.format)
      if (prefix === undefined) throw missingFormat(provider, settings.format)
      return {
        pages: (from) => listRecords(provider, { settings, prefix, from }),
        resources: (oaiId) => resources(provider, oaiId, openFile(ask, maxFileBytes, signal)),
      }
    },
  }
}

async function resources(
  provider: Provider,
  oaiId: string,
  open: (address: URL) => Promise<Readable>,
): ReturnType<OpenSource['resources']> {
  const prefix = provider.prefixOf('ore')
  if (prefix === undefined) throw missingFormat(provider, 'ore')
  const words = { verb: 'GetRecord', identifier: oaiId, metadataPrefix: prefix }
  return readResourceMap(await provider.request(words), open)
}

function missingFormat({ source }: Provider, format: string): OutsideError {
  return new OutsideError('OAI_ERROR', `${source} has no metadata in ${format}`, {
    conditions: ['cannotDisseminateFormat'],
  })
}
