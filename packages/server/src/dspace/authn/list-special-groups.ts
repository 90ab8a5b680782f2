import type { Actor, Group, Page, PageRequest, Related } from '@hexapla/repository'

/**
 * The groups that the way of signing in gave to the actor, by name. A token names a handful of them, so the page is cut
 * here.
 */
export async function listSpecialGroups(
  related: Related,
  actor: Actor,
  { number, size }: PageRequest,
): Promise<Page<Group>> {
  const found =
    actor.specialGroupIds.length === 0
      ? new Map<string, Group>()
      : await related.groups(actor.specialGroupIds)
  const groups = [...found.values()].toSorted((one, other) => one.name.localeCompare(other.name))
  return {
    elements: groups.slice(number * size, (number + 1) * size),
    number,
    size,
    total: groups.length,
  }
}
