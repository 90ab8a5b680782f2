import { Readable } from 'node:stream'
import { wantedSet, type HarvestSettings } from '../domain/harvest/harvest.ts'
import { OutsideError } from '../domain/outside-error.ts'
import { ImportError } from '../import/import-error.ts'
import { isAllowed, type AllowedHosts } from '../outside/allowed-hosts.ts'
import { fetchOutside, type Ask } from '../outside/fetch-outside.ts'
import { bytesOf, requireSuccess } from '../outside/read-answer.ts'
import type { HarvestSources, OpenSource, RecordPage } from './harvest-source.ts'
import { isCondition } from './oai-client.ts'
import { hasSet, openProvider, type Provider } from './open-provider.ts'
import { readRecords } from './read-records.ts'
import { readResourceMap } from './read-resource-map.ts'

/** Which providers may be asked, and for how much. */
export interface OaiSourcesConfig {
  readonly hosts: AllowedHosts
  /** The largest file that is fetched. */
  readonly maxFileBytes: number
}

/** Somebody waits for the answer. */
const VERIFYING = { retries: 0, patience: 20_000 }
const VERIFIED_WITHIN = 30_000
const HARVESTING = { retries: 6, patience: 5 * 60_000 }
const FILE_PATIENCE = 6 * 60 * 60_000

/** OAI-PMH 2.0 providers as sources of records; those alone whose hosts are allowed. */
export function oaiSources({ hosts, maxFileBytes }: OaiSourcesConfig): HarvestSources {
  const ask = fetchOutside(hosts)
  return {
    isAllowed(source) {
      const url = URL.parse(source)
      return url !== null && isAllowed(url, hosts)
    },
    verify: (settings) => verify(ask, settings),
    async open(settings, signal) {
      const options = { ...HARVESTING, ...(signal && { signal }) }
      const provider = await openProvider(ask, settings.source, options)
      const prefix = provider.prefixOf(settings.format)
      if (prefix === undefined) throw missingFormat(provider, settings.format)
      return {
        pages: (from) => pages(provider, { settings, prefix, from }),
        resources: (oaiId) => resources(provider, oaiId, openFile(ask, maxFileBytes, signal)),
      }
    },
  }
}

async function verify(ask: Ask, settings: HarvestSettings): Promise<readonly string[]> {
  const deadline = AbortSignal.timeout(VERIFIED_WITHIN)
  try {
    const provider = await openProvider(ask, settings.source, { ...VERIFYING, signal: deadline })
    const set = wantedSet(settings)
    const faults: string[] = []
    if (provider.prefixOf(settings.format) === undefined)
      faults.push(`metadataNotSupported: the source has no ${settings.format}`)
    if (settings.type !== 'METADATA_ONLY' && provider.prefixOf('ore') === undefined)
      faults.push('oreNotSupported: the source has no resource maps (ORE)')
    if (set !== null && !(await hasSet(provider, set))) faults.push(`noSuchSet: the source has no set ${set}`)
    return faults
  } catch (error) {
    if (deadline.aborted) return ['invalidAddress: the source took too long to answer']
    if (error instanceof OutsideError) return [`invalidAddress: ${error.message}`]
    throw error
  }
}

async function* pages(
  provider: Provider,
  request: {
    readonly settings: HarvestSettings
    readonly prefix: string
    readonly from: { readonly moment: Date | null; readonly token: string | null }
  },
): AsyncGenerator<RecordPage, void, void> {
  const { settings, prefix, from } = request
  const first = {
    verb: 'ListRecords',
    metadataPrefix: prefix,
    set: wantedSet(settings),
    from: from.moment && granular(from.moment, provider),
  }
  const seen = new Set<string>()
  let token = from.token
  for (;;) {
    const isResumed = token !== null && seen.size === 0
    const words = token === null ? first : { verb: 'ListRecords', resumptionToken: token }
    const answer = await provider.request(words).catch((error: unknown) => {
      if (isCondition(error, 'noRecordsMatch')) return undefined
      // Tokens live as long as providers like (section 3.5): what was done is known again at the beginning.
      if (isResumed && isCondition(error, 'badResumptionToken')) return 'again'
      throw error
    })
    if (answer === undefined) return
    if (answer === 'again') {
      token = null
      continue
    }
    const page = readRecords(answer, settings.format)
    yield page
    if (page.token === null) return
    if (seen.has(page.token)) throw repeated(provider)
    seen.add(page.token)
    token = page.token
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

/** Files come as those of any other import do: what is wrong with them is the record's fault. */
function openFile(ask: Ask, maxBytes: number, signal: AbortSignal | undefined) {
  return async (address: URL): Promise<Readable> => {
    const faulty = (error: unknown): unknown =>
      error instanceof OutsideError
        ? new ImportError('IMPORT_FILE_UNREADABLE', error.message, { file: address.href }, { cause: error })
        : error
    async function* content(response: Response): AsyncGenerator<Uint8Array, void, void> {
      try {
        yield* bytesOf(response, maxBytes, signal)
      } catch (error) {
        throw faulty(error)
      }
    }
    try {
      const response = await ask(address, { patience: FILE_PATIENCE, ...(signal && { signal }) })
      await requireSuccess(response)
      return Readable.from(content(response))
    } catch (error) {
      throw faulty(error)
    }
  }
}

/** A moment as the provider counts time (section 3.3.1). */
function granular(moment: Date, { hasSeconds }: Provider): string {
  const text = moment.toISOString()
  return hasSeconds ? `${text.slice(0, 19)}Z` : text.slice(0, 10)
}

function missingFormat({ source }: Provider, format: string): OutsideError {
  return new OutsideError('OAI_ERROR', `${source} has no metadata in ${format}`, {
    conditions: ['cannotDisseminateFormat'],
  })
}

function repeated({ source }: Provider): OutsideError {
  return new OutsideError('OUTSIDE_INVALID', `${source} repeats a resumption token: its list never ends`)
}
