import { randomUUID } from 'node:crypto'
import { ANONYMOUS_GROUP } from '../../domain/access/actor.ts'
import { groupPolicy } from '../../domain/access/policy.ts'
import { metadataValue } from '../../domain/metadata/metadata.ts'
import type { NamingConfig } from '../../domain/records/identifiers.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'

/** Makes the record of the repository as a whole, which everybody may read, unless there is one. */
export async function createSite(
  tx: Transaction,
  input: { name: string; naming: NamingConfig; now: Date },
): Promise<void> {
  if ((await tx.site.find()) !== undefined) return
  const id = randomUUID()
  const { handlePrefix, pidNamespace } = input.naming
  // The suffix that DSpace gives its site.
  const names = await tx.identifiers.assign({ handle: `${handlePrefix}/0`, pid: `${pidNamespace}:site` })
  await tx.site.insert({
    kind: 'site',
    id,
    ...names,
    metadata: { 'dc.title': [metadataValue(input.name)] },
    version: 1,
    createdAt: input.now,
    modifiedAt: input.now,
  })
  await tx.policies.insert([groupPolicy(id, 'READ', ANONYMOUS_GROUP)])
}
