import { HARVEST_FORMATS, type HarvestFormat } from '../domain/harvest/harvest.ts'
import { invalidAnswer } from '../domain/outside-error.ts'
import type { Ask } from '../outside/fetch-outside.ts'
import { childNamed, childrenNamed } from '../xml/qualified-names.ts'
import { askProvider, isCondition, OAI, type OaiAnswer, type OaiRequestOptions } from './oai-client.ts'
import { ATOM } from './read-resource-map.ts'

/** A provider that has said who it is. */
export interface Provider {
  readonly source: string
  readonly hasSeconds: boolean
  /** What it calls a format of metadata; undefined where it has none such. */
  readonly prefixOf: (format: HarvestFormat | 'ore') => string | undefined
  readonly request: (words: Readonly<Record<string, string | null>>) => Promise<OaiAnswer>
}

/**
 * Asks a provider who it is and in which formats it has metadata: formats are known by namespaces, prefixes are the
 * provider's own choice.
 *
 * @throws OutsideError
 * @throws the signal's reason
 */
export async function openProvider(ask: Ask, source: string, options: OaiRequestOptions): Promise<Provider> {
  const request: Provider['request'] = (words) => askProvider(ask, { source, arguments: words }, options)
  const identify = childNamed((await request({ verb: 'Identify' })).root, OAI, 'Identify')
  if (identify === undefined) throw invalidAnswer('The answer to Identify has no Identify')
  const granularity = childNamed(identify, OAI, 'granularity')?.text.trim() ?? ''
  const formats = childNamed(
    (await request({ verb: 'ListMetadataFormats' })).root,
    OAI,
    'ListMetadataFormats',
  )
  const prefixes = new Map(
    (formats === undefined ? [] : childrenNamed(formats, OAI, 'metadataFormat')).map((format) => [
      childNamed(format, OAI, 'metadataNamespace')?.text.trim() ?? '',
      childNamed(format, OAI, 'metadataPrefix')?.text.trim(),
    ]),
  )
  return {
    source,
    hasSeconds: granularity.toLowerCase() === 'yyyy-mm-ddthh:mm:ssz',
    prefixOf: (format) => prefixes.get(namespaceOf(format)),
    request,
  }
}

function namespaceOf(format: HarvestFormat | 'ore'): string {
  return HARVEST_FORMATS.find(({ id }) => id === format)?.nameSpace ?? ATOM
}

/**
 * Whether a provider has a set (OAI-PMH section 4.6).
 *
 * @throws OutsideError
 */
export async function hasSet({ request }: Provider, wanted: string): Promise<boolean> {
  const seen = new Set<string>()
  let words: Readonly<Record<string, string | null>> = { verb: 'ListSets' }
  for (;;) {
    const answer = await request(words).catch((error: unknown) => {
      if (isCondition(error, 'noSetHierarchy')) return undefined
      throw error
    })
    const list = answer && childNamed(answer.root, OAI, 'ListSets')
    if (list === undefined) return false
    const sets = childrenNamed(list, OAI, 'set').map((set) => childNamed(set, OAI, 'setSpec')?.text.trim())
    if (sets.includes(wanted)) return true
    const token = childNamed(list, OAI, 'resumptionToken')?.text.trim() ?? ''
    if (token === '' || seen.has(token)) return false
    seen.add(token)
    words = { verb: 'ListSets', resumptionToken: token }
  }
}
