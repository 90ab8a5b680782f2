import type { Page, PageRequest } from '../page.ts'
import type { Action, NewPolicy, ResourcePolicy } from './policy.ts'

/** Which policies a list is about. */
export interface PolicyQuery {
  readonly resourceId?: string
  readonly action?: Action
  /** Only policies that name this person, not those of the person's groups. */
  readonly personId?: string
  /** Only policies that name this group, not those of groups that it lies in. */
  readonly groupId?: string
}

export interface PolicyReader {
  find(id: number): Promise<ResourcePolicy | undefined>
  /** The oldest first; there is no other order. */
  list(query: PolicyQuery, page: PageRequest): Promise<Page<ResourcePolicy>>
  /** All policies of several resources, or those for one action, the oldest first. */
  ofResources(resourceIds: readonly string[], action?: Action): Promise<readonly ResourcePolicy[]>
}

export interface PolicyStore extends PolicyReader {
  /** @returns the policies with their numbers, in the same order */
  insert(policies: readonly NewPolicy[]): Promise<readonly ResourcePolicy[]>
  update(policy: ResourcePolicy): Promise<void>
  delete(id: number): Promise<void>
  /** Removes the policies of resources: of one action, of one origin, or all. */
  remove(
    resourceIds: readonly string[],
    which?: { action?: Action; origin?: ResourcePolicy['origin']; groupId?: string },
  ): Promise<void>
  /** Turns the policies of one action into another's (withdrawing an item, reinstating it). */
  switchAction(resourceIds: readonly string[], from: Action, to: Action): Promise<void>
  /** The item with its bundles and files: everything that its policies spread over. */
  resourcesOfItem(itemId: string): Promise<{ bundles: readonly string[]; bitstreams: readonly string[] }>
}
