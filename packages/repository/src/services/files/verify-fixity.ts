import type { Actor } from '../../domain/access/actor.ts'
import type { ContentStore } from '../../domain/files/content-store.ts'
import type { StoredContent } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'

/** Bytes that are not what they should be. */
export interface FixityFault {
  readonly sha256: string
  readonly fault: 'changed' | 'missing'
}

/** How far a check has come. */
export interface FixityProgress {
  /** Contents read so far. */
  readonly checked: number
  /** Their size in bytes. */
  readonly bytes: number
  /** All that was found so far. */
  readonly faults: readonly FixityFault[]
}

/** Contents fetched from the register at a time. */
const PORTION = 100

/**
 * Reads every content anew and compares its digest, for administrators. Each content counts once, however many files
 * have it; what is deleted meanwhile is no fault.
 *
 * @returns the progress after each content, so that a reader sets the pace and may stop at any time
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 * @example
 * for await (const { checked, faults } of verifyFixity(deps)(actor)) show(checked, faults)
 */
export function verifyFixity(deps: { reading: Pick<Reading, 'contents'>; contents: ContentStore }) {
  return async function* (actor: Actor): AsyncGenerator<FixityProgress, void> {
    requireAdministrator(actor)
    let progress = { checked: 0, bytes: 0, faults: [] as readonly FixityFault[] }
    let previous = ''
    let portion = await deps.reading.contents.digestsAfter(previous, PORTION)
    while (portion.length > 0) {
      for (const content of portion) {
        const fault = await faultOf(deps, content, previous)
        progress = {
          checked: progress.checked + 1,
          bytes: progress.bytes + content.size,
          faults: fault === undefined ? progress.faults : [...progress.faults, fault],
        }
        yield progress
        previous = content.sha256
      }
      portion = await deps.reading.contents.digestsAfter(previous, PORTION)
    }
  }
}

async function faultOf(
  { reading, contents }: { reading: Pick<Reading, 'contents'>; contents: ContentStore },
  content: StoredContent,
  previous: string,
): Promise<FixityFault | undefined> {
  const verdict = await contents.verify(content.sha256)
  if (verdict === 'intact') return undefined
  // Looked up once more: it may have been released since, or wait in staging.
  const now = (await reading.contents.digestsAfter(previous, PORTION)).find(
    ({ sha256 }) => sha256 === content.sha256,
  )
  if (now === undefined) return undefined
  if (verdict === 'missing' && (await contents.size(now)) !== undefined) return undefined
  return { sha256: content.sha256, fault: verdict }
}
