import type { Clock } from '../../domain/clock.ts'
import type { PasswordHasher } from '../../domain/people/password-hasher.ts'
import type { NamingConfig } from '../../domain/records/identifiers.ts'
import type { UnitOfWork } from '../../domain/unit-of-work.ts'
import { createAdministrator, type CreatedAdministrator } from './create-administrator.ts'
import { createSite } from './create-site.ts'
import { seedEntityModel } from '../relationships/seed-entity-model.ts'
import { seedGroups } from './seed-groups.ts'
import { seedRegistries } from './seed-registries.ts'

/** What a repository begins with. */
export interface FirstStart {
  /** Title of the site. */
  readonly siteName: string
  /** The first administrator; without a password, a random one is made. */
  readonly administrator: { readonly email: string; readonly password?: string }
}

/**
 * Makes what every repository has: registries, the model of entities, groups, the site and, at the first start alone,
 * an administrator. Nothing changes when it is there already; of several processes that start together, one does it.
 *
 * @returns the administrator when one was made, for its password to be told
 * @throws DomainError `INVALID` when the administrator's address or password cannot be one
 */
export function prepareRepository(deps: {
  unitOfWork: UnitOfWork
  clock: Clock
  naming: NamingConfig
  passwords: PasswordHasher
}) {
  return (input: FirstStart): Promise<CreatedAdministrator | undefined> =>
    deps.unitOfWork(async (tx) => {
      await tx.lock('prepare-repository')
      const now = deps.clock()
      await seedRegistries(tx)
      await seedEntityModel(tx)
      const isFirst = await seedGroups(tx, now)
      await createSite(tx, { name: input.siteName, naming: deps.naming, now })
      if (!isFirst) return undefined
      return createAdministrator(tx, { ...input.administrator, now, passwords: deps.passwords })
    })
}
