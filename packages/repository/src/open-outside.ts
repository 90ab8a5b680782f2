import { inspect } from 'node:util'
import type { Kysely } from 'kysely'
import { SYSTEM_ACTOR } from './domain/access/actor.ts'
import type { Clock } from './domain/clock.ts'
import { openExternalSources, type ExternalSourceConfig } from './external/open-external-sources.ts'
import { oaiSources } from './harvest/oai-sources.ts'
import { harvestSchedule, type HarvestSchedule } from './jobs/harvest-schedule.ts'
import type { AllowedHosts } from './outside/allowed-hosts.ts'
import { openAddresses } from './outside/open-address.ts'
import { harvestLocks } from './postgres/harvest/harvest-locks.ts'
import type { Schema } from './postgres/schema.ts'
import type { UseCases } from './use-cases.ts'

/** Whom else the repository may ask; nobody unless said. */
export interface OutsideConfig {
  /** From where collections may be harvested. */
  readonly harvestHosts?: AllowedHosts
  /** Milliseconds from one harvest of a collection to the next; without it none begins by itself. */
  readonly harvestEvery?: number
  /** The largest file that is harvested, in bytes. */
  readonly maxFileBytes?: number
  readonly externalSources?: readonly ExternalSourceConfig[]
  /** From where contents of datastreams are fetched that hold an address. */
  readonly datastreamHosts?: AllowedHosts
}

/** What use cases that ask others need. */
export function openOutside(
  { harvestHosts, maxFileBytes, externalSources, datastreamHosts }: OutsideConfig,
  db: Kysely<Schema>,
) {
  return {
    harvestSources: oaiSources({ hosts: harvestHosts ?? [], maxFileBytes: maxFileBytes ?? Infinity }),
    takeHarvestLock: harvestLocks(db),
    externalSources: openExternalSources(externalSources ?? []),
    openAddress: openAddresses(datastreamHosts ?? []),
  }
}

/** The harvests that begin by themselves, if any do. */
export function scheduleHarvests(
  { harvestEvery }: OutsideConfig,
  { harvests }: Pick<UseCases, 'harvests'>,
  { clock, log }: { readonly clock: Clock; readonly log: (line: string) => void },
): HarvestSchedule | undefined {
  if (harvestEvery === undefined) return undefined
  return harvestSchedule({
    list: () => harvests.list(SYSTEM_ACTOR),
    async harvest(collectionId, signal) {
      for await (const { rows } of harvests.run(SYSTEM_ACTOR, { collectionId, signal })) {
        for (const row of rows) {
          if (row.status === 'faulty') log(`harvest of ${collectionId}: ${row.oaiId}: ${row.message}`)
        }
      }
    },
    every: harvestEvery,
    now: clock,
    report: ({ collectionId, error }) =>
      log(`harvest of ${collectionId ?? 'collections'} failed: ${inspect(error)}`),
  })
}
