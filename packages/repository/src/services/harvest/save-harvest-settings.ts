import type { Actor } from '../../domain/access/actor.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { DomainError, invalid } from '../../domain/errors.ts'
import {
  HARVEST_FORMATS,
  HARVEST_TYPES,
  type Harvest,
  type HarvestSettings,
} from '../../domain/harvest/harvest.ts'
import type { Reading, UnitOfWork } from '../../domain/unit-of-work.ts'
import type { HarvestSources } from '../../harvest/harvest-source.ts'
import { requireHarvester } from './read-harvest.ts'

/** Settings as somebody wants them, not looked at yet. */
export interface WantedHarvest {
  readonly collectionId: string
  readonly type: string | null
  readonly source: string | null
  readonly setId: string | null
  readonly format: string | null
}

/** What saving settings needs. */
export interface HarvestSettingsDeps {
  readonly reading: Pick<Reading, 'collections' | 'harvests'>
  readonly unitOfWork: UnitOfWork
  readonly clock: Clock
  readonly harvestSources: HarvestSources
}

/**
 * Says from where a collection is harvested, or with the type `NONE` that it is not, for those who administer it. The
 * source is asked first whether it has what is wanted. Other settings than before begin anew; items that came under
 * the former ones are known again.
 *
 * @returns undefined when it is not harvested any more
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID` with `field` for a value that is none, or
 * with `faults` for what the source has not
 */
export function saveHarvestSettings(deps: HarvestSettingsDeps) {
  return async (actor: Actor, wanted: WantedHarvest): Promise<Harvest | undefined> => {
    const { collectionId } = wanted
    const today = dayOf(deps.clock())
    await requireHarvester(deps.reading, actor, collectionId, today)
    const settings = checkedSettings(wanted, deps.harvestSources)
    if (settings !== null) await requireSound(deps.harvestSources, settings)
    return deps.unitOfWork(async (tx) => {
      await requireHarvester(tx, actor, collectionId, today)
      const before = await tx.harvests.lock(collectionId)
      if (settings === null) {
        await tx.harvests.delete(collectionId)
        return undefined
      }
      if (before !== undefined && isSame(before, settings)) return before
      const harvest = newHarvest(collectionId, settings, (before?.version ?? 0) + 1)
      await tx.harvests.save(harvest)
      return harvest
    })
  }
}

/** @returns null for no harvest */
function checkedSettings(wanted: WantedHarvest, sources: HarvestSources): HarvestSettings | null {
  const type = HARVEST_TYPES.find((known) => known === wanted.type)
  if (type === undefined) throw invalid(`harvest_type must be one of ${HARVEST_TYPES.join(', ')}`, 'type')
  if (type === 'NONE') return null
  const format = HARVEST_FORMATS.find(({ id }) => id === wanted.format)?.id
  if (format === undefined) {
    const known = HARVEST_FORMATS.map(({ id }) => id).join(', ')
    throw invalid(`metadata_config_id must be one of ${known}`, 'format')
  }
  const source = wanted.source?.trim() ?? ''
  if (!/^https?:$/.test(URL.parse(source)?.protocol ?? '')) {
    throw invalid('oai_source must be the address of an OAI-PMH provider', 'source')
  }
  if (!sources.isAllowed(source)) {
    const { host } = new URL(source)
    throw invalid(`Nothing is harvested from ${host}: it is not among HEXAPLA_HARVEST_HOSTS`, 'source')
  }
  const setId = wanted.setId?.trim() ?? ''
  return { type, format, source, setId: setId === '' ? null : setId }
}

async function requireSound(sources: HarvestSources, settings: HarvestSettings): Promise<void> {
  const faults = await sources.verify(settings)
  if (faults.length === 0) return
  const message = `Incorrect harvest settings. The following errors were found: [${faults.join(', ')}]`
  throw new DomainError('INVALID', message, { faults })
}

function isSame(before: HarvestSettings, after: HarvestSettings): boolean {
  return (['type', 'source', 'setId', 'format'] as const).every((name) => before[name] === after[name])
}

function newHarvest(collectionId: string, settings: HarvestSettings, version: number): Harvest {
  return {
    ...settings,
    collectionId,
    status: 'READY',
    message: null,
    startedAt: null,
    harvestedAt: null,
    nextFrom: null,
    running: null,
    version,
  }
}
