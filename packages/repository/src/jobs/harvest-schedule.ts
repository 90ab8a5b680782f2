import type { Harvest } from '../domain/harvest/harvest.ts'

/** Harvests collections from time to time. */
export interface HarvestSchedule {
  /** Begins to look for harvests that are due. */
  start(): void
  /** Ends the harvest under way between two commits. */
  stop(): Promise<void>
}

export interface HarvestScheduleOptions {
  /** All harvests, the one whose last run is longest ago first. */
  readonly list: () => Promise<readonly Harvest[]>
  /** Harvests one collection to its end. */
  readonly harvest: (collectionId: string, signal: AbortSignal) => Promise<void>
  /** Milliseconds from the begin of one harvest of a collection to that of the next. */
  readonly every: number
  readonly now: () => Date
  /** Told of every failure; the harvest is tried again when it is due. */
  readonly report: (failure: { readonly collectionId?: string; readonly error: unknown }) => void
}

const MOST_MS_BETWEEN_LOOKS = 60_000

/**
 * Harvests those collections whose last harvest is long enough ago, one after the other. Those that failed for an
 * unknown reason are left to somebody who looks at it, as in the original.
 */
export function harvestSchedule(options: HarvestScheduleOptions): HarvestSchedule {
  const { list, harvest, every, now, report } = options
  const ending = new AbortController()
  const { signal } = ending
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<void> | undefined

  async function look(): Promise<void> {
    try {
      const due = (await list()).filter((one) => isDue(one, now().getTime() - every))
      for (const { collectionId } of due) {
        if (signal.aborted) return
        await harvest(collectionId, signal).catch((error: unknown) => {
          if (!signal.aborted) report({ collectionId, error })
        })
      }
    } catch (error) {
      report({ error })
    }
  }

  function schedule(): void {
    timer = setTimeout(
      () => {
        underWay = look().finally(() => {
          underWay = undefined
          if (!signal.aborted) schedule()
        })
      },
      Math.min(every, MOST_MS_BETWEEN_LOOKS),
    )
    timer.unref()
  }

  return {
    start: schedule,
    async stop() {
      ending.abort()
      clearTimeout(timer)
      await underWay
    },
  }
}

function isDue({ status, startedAt }: Harvest, before: number): boolean {
  return status !== 'UNKNOWN_ERROR' && (startedAt === null || startedAt.getTime() <= before)
}
