import type { Clock } from '../../domain/clock.ts'
import { DomainError, notFound } from '../../domain/errors.ts'
import type { Harvest, RunningHarvest } from '../../domain/harvest/harvest.ts'
import { OutsideError } from '../../domain/outside-error.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'

interface RunDeps {
  readonly unitOfWork: UnitOfWork
  readonly clock: Clock
}

/** A harvest under way. */
export type Run = Harvest & { readonly running: RunningHarvest }

/** How a run ended. */
export type RunEnd =
  | { readonly kind: 'done'; readonly message: string }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'failed'; readonly error: unknown }

const BEGINNING: RunningHarvest = { answeredAt: null, token: null, faulty: 0 }

/**
 * Begins a harvest, or goes on with one that has not come to its end. To be called by whoever holds its lock.
 *
 * @param input.full asks for every record, not for changes alone
 * @throws DomainError `NOT_FOUND` when the collection is not harvested
 */
export function beginRun({ unitOfWork, clock }: RunDeps, input: { collectionId: string; full: boolean }) {
  return unitOfWork(async (tx): Promise<Run> => {
    const harvest = await tx.harvests.lock(input.collectionId)
    if (harvest === undefined) throw notFound('harvest', input.collectionId)
    const goesOn = harvest.running !== null && !input.full
    const run = {
      ...harvest,
      status: 'BUSY' as const,
      message: null,
      startedAt: goesOn ? harvest.startedAt : clock(),
      nextFrom: input.full ? null : harvest.nextFrom,
      running: goesOn && harvest.running !== null ? harvest.running : BEGINNING,
    }
    await tx.harvests.save(run)
    return run
  })
}

/**
 * Reads a run within the transaction that writes some of its records.
 *
 * @throws DomainError `CONFLICT` when the settings are other ones meanwhile
 */
export async function requireRun(tx: Pick<Transaction, 'harvests'>, run: Run): Promise<Run> {
  const now = await tx.harvests.lock(run.collectionId)
  if (now === undefined || now.running === null || now.version !== run.version) {
    throw new DomainError('CONFLICT', 'The settings were changed while the harvest was under way')
  }
  return { ...now, running: now.running }
}

/** Notes how a run ended, unless its settings are other ones meanwhile. */
export async function endRun({ unitOfWork }: RunDeps, run: Run, end: RunEnd): Promise<void> {
  await unitOfWork(async (tx) => {
    const now = await tx.harvests.lock(run.collectionId)
    if (now === undefined || now.running === null || now.version !== run.version) return
    await tx.harvests.save({ ...now, ...after({ ...now, running: now.running }, end) })
  })
}

function after(run: Run, end: RunEnd): Partial<Harvest> {
  switch (end.kind) {
    case 'done': {
      const { answeredAt, faulty } = run.running
      return {
        status: 'READY',
        message: end.message,
        harvestedAt: run.startedAt,
        // What was left out is asked for again.
        nextFrom: faulty > 0 ? run.nextFrom : (answeredAt ?? run.nextFrom),
        running: null,
      }
    }
    case 'interrupted':
      return { status: 'READY', message: 'It was interrupted; the next harvest goes on' }
    case 'failed':
      return end.error instanceof OutsideError
        ? { status: 'OAI_ERROR', message: end.error.message }
        : { status: 'UNKNOWN_ERROR', message: String(end.error) }
  }
}
