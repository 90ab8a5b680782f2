import type { Action, NewPolicy, ResourcePolicy } from './policy.ts'

export interface PolicyStore {
  find(id: number): Promise<ResourcePolicy | undefined>
  ofResources(resourceIds: readonly string[]): Promise<readonly ResourcePolicy[]>
  /** @returns the policies with their numbers, in the same order */
  insert(policies: readonly NewPolicy[]): Promise<readonly ResourcePolicy[]>
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
