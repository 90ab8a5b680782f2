import type { Grants } from '../access/grants.ts'
import type { Page, PageRequest } from '../page.ts'
import type { Collection, Community, Item } from '../records/record.ts'

/** What can be searched for. */
export type SearchableRecord = Community | Collection | Item

/** Which records a search is about. */
export interface SearchQuery {
  /** Only what is granted. */
  readonly grants: Grants
  readonly kinds: readonly SearchableRecord['kind'][]
  /** All words must be among those of the metadata; one that ends in `*` begins a word. Blank for everything. */
  readonly words: string
  /** Only what lies below this community or collection, items mapped into it too; the site is no limit. */
  readonly scopeId?: string
}

/** Finds records by their words. Items are found that are archived, discoverable and not withdrawn. */
export interface RecordSearch {
  /**
   * Sorts by `score`, `dc.title`, `dc.date.accessioned`, `lastModified`; without a sort, by score when there are words,
   * else by title.
   */
  search(query: SearchQuery, page: PageRequest): Promise<Page<SearchableRecord>>
}
