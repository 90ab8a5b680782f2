import type { Grants } from '../access/grants.ts'
import type { Guarded } from '../access/guarded.ts'
import type { Page, PageRequest } from '../page.ts'
import type { Community } from '../records/record.ts'

/** Which communities a list is about. */
export interface CommunityQuery {
  readonly grants: Grants
  /** Only those directly within this community; null for those at the top. */
  readonly parentId?: string | null
  /** Only those whose metadata has words that begin like these. */
  readonly words?: string
}

export interface CommunityReader {
  find(id: string): Promise<Guarded<Community> | undefined>
  /** Sorts by `dc.title`, `lastModified`. */
  list(query: CommunityQuery, page: PageRequest): Promise<Page<Community>>
  findAll(ids: readonly string[], grants: Grants): Promise<ReadonlyMap<string, Community>>
  /** The first `size` subcommunities by title of each community. */
  childrenOf(
    parentIds: readonly string[],
    grants: Grants,
    size: number,
  ): Promise<ReadonlyMap<string, Page<Community>>>
  /** Items archived in the collections below each container, by its uuid (community or collection). */
  countArchivedItems(containerIds: readonly string[]): Promise<ReadonlyMap<string, number>>
}

export interface CommunityStore extends CommunityReader {
  insert(community: Community): Promise<void>
  /** @throws DomainError `VERSION_CONFLICT` */
  update(community: Community): Promise<Community>
  /**
   * Deletes a community with all that lies below it.
   *
   * @returns the groups that held a role there and hold none any more; deleting them is the caller's
   */
  deleteTree(id: string): Promise<readonly string[]>
}
