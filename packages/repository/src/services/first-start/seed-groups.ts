import { ADMINISTRATOR_GROUP, ANONYMOUS_GROUP } from '../../domain/access/actor.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'

/**
 * Makes the two groups that rights begin with, unless they are there.
 *
 * @returns whether they were made: it is the first start
 */
export async function seedGroups(tx: Transaction, now: Date): Promise<boolean> {
  const wanted = [
    { id: ANONYMOUS_GROUP, name: 'Anonymous' },
    { id: ADMINISTRATOR_GROUP, name: 'Administrator' },
  ]
  const present = await tx.groups.findAll(wanted.map((group) => group.id))
  if (present.size > 0) return false
  for (const group of wanted) {
    await tx.groups.insert({
      kind: 'group',
      ...group,
      permanent: true,
      metadata: {},
      version: 1,
      createdAt: now,
      modifiedAt: now,
    })
  }
  return true
}
