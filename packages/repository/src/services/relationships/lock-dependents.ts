import type { Chain } from '../../domain/relationships/dependents.ts'
import type { Transaction } from '../../domain/unit-of-work.ts'

/** An item that has changed, and the way that values of it come along. */
export interface ChainStart {
  readonly itemId: string
  readonly chain: Chain
}

/**
 * The items that show something of those that have changed, locked. Whoever adds a relationship holds both of its
 * items; so once every item on the way is locked and the way was gone again, no further item can have come to it.
 *
 * @param held items that are locked already
 */
export async function lockDependents(
  tx: Pick<Transaction, 'relationships'>,
  starts: readonly ChainStart[],
  held: Iterable<string>,
): Promise<ReadonlySet<string>> {
  const locked = new Set(held)
  for (;;) {
    const { passed, dependents } = await walk(tx, starts)
    const more = [...passed].filter((id) => !locked.has(id))
    if (more.length === 0) return dependents
    await tx.relationships.lockItems(more)
    for (const id of more) locked.add(id)
  }
}

async function walk(
  tx: Pick<Transaction, 'relationships'>,
  starts: readonly ChainStart[],
): Promise<{ passed: ReadonlySet<string>; dependents: ReadonlySet<string> }> {
  const [passed, dependents] = [new Set<string>(), new Set<string>()]
  let front = starts
  while (front.length > 0) {
    const steps = front.map(({ itemId, chain }) => ({
      itemId,
      label: chain.at(-1) ?? '',
      rest: chain.slice(0, -1),
    }))
    const wanted = new Map(steps.map(({ itemId, label }) => [`${itemId} ${label}`, { itemId, label }]))
    const found = Map.groupBy(
      await tx.relationships.showing([...wanted.values()]),
      ({ itemId, label }) => `${itemId} ${label}`,
    )
    const next = new Map<string, ChainStart>()
    for (const { itemId, label, rest } of steps) {
      for (const { shownIn } of found.get(`${itemId} ${label}`) ?? []) {
        passed.add(shownIn)
        if (rest.length === 0) dependents.add(shownIn)
        else next.set(`${shownIn} ${rest.join(' ')}`, { itemId: shownIn, chain: rest })
      }
    }
    front = [...next.values()]
  }
  return { passed, dependents }
}
