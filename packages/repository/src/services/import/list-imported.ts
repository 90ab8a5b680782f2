import type { Actor } from '../../domain/access/actor.ts'
import type { ImportedItem } from '../../domain/import/import-log.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { requireAdministrator } from '../access/require-allowed.ts'

const PORTION = 1000

/**
 * Everything that an import has brought so far, for administrators: a map file is made complete with it.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`
 */
export function listImported(deps: { reading: Pick<Reading, 'imports'> }) {
  return async function* (actor: Actor, importId: string): AsyncGenerator<ImportedItem, void, void> {
    requireAdministrator(actor)
    let portion = await deps.reading.imports.after(importId, '', PORTION)
    while (portion.length > 0) {
      yield* portion
      portion = await deps.reading.imports.after(importId, portion.at(-1)?.key ?? '', PORTION)
    }
  }
}
