import { SYSTEM_ACTOR, type HarvestRow, type Repository, type UseCases } from '@hexapla/repository'
import { CommandError } from '../command-error.ts'
import { describeError } from '../describe-error.ts'
import { EXIT } from '../exit-code.ts'
import { interruptible } from '../interruption.ts'
import { createProgress } from '../terminal/progress.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { LocalOptions } from './local-options.ts'
import { withRepository } from './with-repository.ts'

/** Options of `hexapla harvest`. */
export interface HarvestCommandOptions extends LocalOptions {
  readonly full?: boolean
}

type Counts = Record<HarvestRow['status'], number>

/**
 * Harvests collections one after the other, prints a row for each record that changed something, and sums up.
 *
 * @param references uuids or handles of collections; empty for all that are harvested
 * @returns whether everything came
 * @throws OutsideError when there is one collection, and it cannot be harvested
 */
export function runHarvest(
  terminal: Terminal,
  references: readonly string[],
  options: HarvestCommandOptions,
): Promise<boolean> {
  return interruptible((signal) =>
    withRepository(terminal, options, async (repository) => {
      const collections = await findCollections(repository, references)
      const began = performance.now()
      const counts: Counts = { created: 0, updated: 0, unchanged: 0, deleted: 0, faulty: 0 }
      let failed = 0
      for (const collectionId of collections) {
        const input = { collectionId, full: options.full === true, signal }
        try {
          await harvest(terminal, repository.useCases, input, counts)
        } catch (error) {
          signal.throwIfAborted()
          if (collections.length === 1) throw error
          failed += 1
          terminal.note(`${collectionId}: ${describeError(error).message}`)
        }
      }
      tellSum(terminal, { ...counts, failed }, (performance.now() - began) / 1000)
      return counts.faulty === 0 && failed === 0
    }),
  )
}

async function findCollections(
  { useCases }: Repository,
  references: readonly string[],
): Promise<readonly string[]> {
  if (references.length === 0) {
    return (await useCases.harvests.list(SYSTEM_ACTOR)).map(({ collectionId }) => collectionId)
  }
  const found: string[] = []
  for (const reference of references) {
    const name = reference.includes('/') ? { handle: reference } : { uuid: reference }
    const record = await useCases.records.find(SYSTEM_ACTOR, name)
    if (record.kind !== 'collection') {
      throw new CommandError('NOT_FOUND', `${reference} is no collection`, EXIT.NOT_FOUND)
    }
    found.push(record.id)
  }
  return found
}

async function harvest(
  terminal: Terminal,
  { harvests }: Pick<UseCases, 'harvests'>,
  input: { readonly collectionId: string; readonly full: boolean; readonly signal: AbortSignal },
  counts: Counts,
): Promise<void> {
  const progress = createProgress(terminal, { label: 'harvest', unit: 'items', start: 0 })
  let done = 0
  try {
    for await (const { rows, total } of harvests.run(SYSTEM_ACTOR, input)) {
      for (const row of rows) {
        counts[row.status] += 1
        if (row.status !== 'unchanged') terminal.print(terminal.json ? jsonOf(row, input) : lineOf(row))
      }
      done += rows.length
      progress.update(done, total ?? undefined)
    }
  } finally {
    progress.end()
  }
}

function jsonOf(row: HarvestRow, { collectionId }: { readonly collectionId: string }): string {
  const { status, oaiId } = row
  const detail = row.status === 'faulty' ? { message: row.message } : { uuid: row.itemId }
  return JSON.stringify({ collection: collectionId, status, oaiId, ...detail })
}

function lineOf(row: HarvestRow): string {
  return [row.status, row.oaiId, row.status === 'faulty' ? row.message : (row.itemId ?? '-')].join('\t')
}

function tellSum(terminal: Terminal, sum: Counts & { readonly failed: number }, seconds: number): void {
  if (terminal.json) {
    terminal.print(JSON.stringify({ summary: { ...sum, seconds } }))
    return
  }
  const told = Object.entries(sum)
    .filter(([name, count]) => count > 0 || name === 'created')
    .map(([name, count]) => `${count} ${name === 'failed' ? 'collections failed' : name}`)
  terminal.note(`${told.join(', ')} in ${seconds.toFixed(1)} s`)
}
