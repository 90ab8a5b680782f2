import { wantedSet, type HarvestSettings } from '../domain/harvest/harvest.ts'
import { OutsideError } from '../domain/outside-error.ts'
import type { Ask } from '../outside/fetch-outside.ts'
import { hasSet, openProvider } from './open-provider.ts'

/** Somebody waits for the answer: milliseconds for one exchange, and for all of them. */
const VERIFYING = { retries: 0, patience: 20_000 }
const VERIFIED_WITHIN = 30_000

/**
 * Asks a provider whether it has what settings want of it (HarvestedCollectionService.verifyOAIharvester of the original).
 *
 * @returns what is wrong, each beginning with the original's word for it; empty when nothing is
 */
export async function verifySettings(ask: Ask, settings: HarvestSettings): Promise<readonly string[]> {
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
