import type { Actor } from '../../domain/access/actor.ts'
import { allows } from '../../domain/access/allows.ts'
import type { ContainerReference } from '../../domain/access/container-role.ts'
import type { Guarded } from '../../domain/access/guarded.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import { invalid, notFound } from '../../domain/errors.ts'
import type { Collection, Community } from '../../domain/records/record.ts'
import type { Transaction, UnitOfWork } from '../../domain/unit-of-work.ts'
import { findContainer } from '../access/find-container.ts'
import { requireAllowed } from '../access/require-allowed.ts'
import { requireVersion, type ExpectedVersion } from '../expected-version.ts'
import { saveContainer } from './save-container.ts'

interface LogoDeps {
  readonly unitOfWork: UnitOfWork
  readonly clock: Clock
}

/**
 * Takes the logo from a community or collection, for whoever may WRITE or DELETE that.
 *
 * @throws DomainError `NOT_FOUND`, `NOT_SIGNED_IN`, `NOT_ALLOWED`, `INVALID` when there is none
 */
export function deleteLogo({ unitOfWork, clock }: LogoDeps) {
  return (actor: Actor, of: ContainerReference): Promise<void> =>
    unitOfWork(async (tx) => {
      const found = await findContainer(tx, of)
      requireMayRemove(actor, found, dayOf(clock()))
      await removeLogo(tx, found.value, clock())
    })
}

/**
 * The same by the identifier of the logo's file (RestContract collections.md, "Delete Logo").
 *
 * @param input.expected the version of the file
 * @throws DomainError `NOT_FOUND`, also when the file is no logo; `NOT_SIGNED_IN`, `NOT_ALLOWED`, `VERSION_CONFLICT`
 */
export function deleteLogoFile({ unitOfWork, clock }: LogoDeps) {
  return (actor: Actor, input: { bitstreamId: string; expected: ExpectedVersion }): Promise<void> =>
    unitOfWork(async (tx) => {
      const logo = await tx.bitstreams.find(input.bitstreamId)
      const found = typeof logo?.logoOfId === 'string' ? await containerOf(tx, logo.logoOfId) : undefined
      if (logo === undefined || found === undefined) throw notFound('logo', input.bitstreamId)
      requireMayRemove(actor, found, dayOf(clock()))
      requireVersion(logo.value, input.expected)
      await removeLogo(tx, found.value, clock())
    })
}

async function containerOf(
  tx: Transaction,
  id: string,
): Promise<Guarded<Community | Collection> | undefined> {
  return (await tx.communities.find(id)) ?? tx.collections.find(id)
}

function requireMayRemove(
  actor: Actor,
  { value, access }: Guarded<Community | Collection>,
  today: string,
): void {
  if (!allows(actor, 'DELETE', access, today)) requireAllowed(actor, 'WRITE', access, today, value)
}

async function removeLogo(tx: Transaction, container: Community | Collection, now: Date): Promise<void> {
  if (container.logoId === null) throw invalid(`The ${container.kind} has no logo`, 'logo')
  await saveContainer(tx, { ...container, logoId: null, modifiedAt: now })
  await tx.bitstreams.delete([container.logoId])
}
