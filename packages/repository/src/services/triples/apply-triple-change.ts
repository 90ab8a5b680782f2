import { invalid } from '../../domain/errors.ts'
import { requirePid } from '../../domain/objects/pid.ts'
import { pidOfUri } from '../../domain/triples/pid-uri.ts'
import { freshAmong, kindOf, type Triple, type TripleKind } from '../../domain/triples/triple.ts'
import { changeRecord } from '../objects/change-record.ts'
import { changeItemMemberships } from './change-item-memberships.ts'
import { convertObject } from './convert-object.ts'
import { kindByModels, modelsAfter } from './models.ts'
import { moveContainer } from './move-container.ts'
import type { PidChange, Stated, TripleChange } from './triple-change.ts'
import type { TripleWork } from './triple-work.ts'

/**
 * Changes what is said of an object: by what its kind makes of models and memberships, and else as it stands.
 *
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID`, `REFERENCE_INVALID`, `CONFLICT`
 */
export async function applyTripleChange(work: TripleWork, change: TripleChange): Promise<void> {
  const { object } = work
  const models = pidChange(change, 'model')
  const memberships = pidChange(change, 'membership')
  const kind = kindByModels(object, models)
  const stated = await changePlace(work, kind, memberships)
  const isStatement = (triple: Triple): boolean => kindOf(triple) === 'statement'
  await saveStatements(work, kind, {
    models: modelsAfter(object, models),
    added: [...change.added.filter(isStatement), ...stated.added],
    removed: [...change.removed.filter(isStatement), ...stated.removed],
  })
}

async function changePlace(
  work: TripleWork,
  kind: TripleWork['object']['record']['kind'],
  memberships: PidChange,
): Promise<Stated> {
  const { record } = work.object
  if (kind !== record.kind && kind !== 'item') return convertObject(work, kind, memberships)
  if (record.kind === 'item') {
    return changeItemMemberships({ ...work, object: { ...work.object, record } }, memberships)
  }
  await moveContainer({ ...work, object: { ...work.object, record } }, memberships)
  return { added: [], removed: [] }
}

async function saveStatements(
  { deps, actor, object }: TripleWork,
  kind: TripleWork['object']['record']['kind'],
  { models, added, removed }: Stated & { readonly models: readonly string[] },
): Promise<void> {
  const { id } = object.record
  const fresh = freshAmong(added, object.statements)
  const hasOtherModels = models.join(' ') !== object.givenModels.join(' ')
  if (!hasOtherModels && fresh.length === 0 && removed.length === 0) return
  await changeRecord(deps, actor, { kind, id, expected: 'any' }, async (tx, record) => {
    if (hasOtherModels) await tx.objects.setModels(id, models)
    await tx.triples.delete(id, removed)
    await tx.triples.insert(id, fresh)
    return { ...record }
  })
}

function pidChange({ added, removed, inOrder = [] }: TripleChange, kind: TripleKind): PidChange {
  const pids = (triples: readonly Triple[]): readonly string[] => [
    ...new Set(triples.filter((triple) => kindOf(triple) === kind).map(pidOfObject)),
  ]
  return { added: pids(added), removed: pids(removed), inOrder: pids(inOrder) }
}

function pidOfObject({ predicate, object, literal }: Triple): string {
  const pid = literal ? undefined : pidOfUri(object)
  if (pid === undefined) throw invalid(`The object of ${predicate} is the pid of another object`, 'object')
  requirePid(pid)
  return pid
}
