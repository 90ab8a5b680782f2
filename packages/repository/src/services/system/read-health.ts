import { Readable } from 'node:stream'
import type { Actor } from '../../domain/access/actor.ts'
import type { ContentStore } from '../../domain/files/content-store.ts'
import type { Reading } from '../../domain/unit-of-work.ts'

/** How a part of the repository is. */
export interface ComponentHealth {
  readonly name: 'db' | 'contentStore'
  readonly isUp: boolean
  /** How long finding out took. */
  readonly milliseconds: number
  /** Why it is down. */
  readonly fault?: string
}

/** How the repository is: up when all of its parts are. */
export interface Health {
  readonly isUp: boolean
  /** For administrators only. */
  readonly components?: readonly ComponentHealth[]
}

const PATIENCE_MS = 5000

/**
 * Tries the repository's parts: reads a record, and stages content and discards it. Whether it is up is open to
 * everybody; the parts are for administrators (RestContract actuator.md). Never fails: what fails is down.
 */
export function readHealth(deps: { reading: Pick<Reading, 'site'>; contents: ContentStore }) {
  const tryAll = () =>
    Promise.all([
      probe('db', () => deps.reading.site.find()),
      probe('contentStore', async () => {
        const { stagingName } = await deps.contents.stage(Readable.from([Buffer.from('health')]))
        await deps.contents.discard(stagingName)
      }),
    ])
  let running: ReturnType<typeof tryAll> | undefined
  return async (actor: Actor): Promise<Health> => {
    // Anybody may ask, as often as they like: those who ask at the same time share one answer.
    running ??= tryAll().finally(() => {
      running = undefined
    })
    const components = await running
    const isUp = components.every((component) => component.isUp)
    return actor.isAdministrator ? { isUp, components } : { isUp }
  }
}

async function probe(name: ComponentHealth['name'], work: () => Promise<unknown>): Promise<ComponentHealth> {
  const start = performance.now()
  const elapsed = () => Math.round((performance.now() - start) * 10) / 10
  let timer: NodeJS.Timeout | undefined
  try {
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS)
    })
    await Promise.race([work(), late])
    return { name, isUp: true, milliseconds: elapsed() }
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error)
    return { name, isUp: false, milliseconds: elapsed(), fault }
  } finally {
    clearTimeout(timer)
  }
}
