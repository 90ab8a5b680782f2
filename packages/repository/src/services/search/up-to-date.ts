import type { Reading } from '../../domain/unit-of-work.ts'
import type { CatchUp } from './catch-up-index.ts'

/** Milliseconds until a search answers with the entries that there are: a write may have made thousands of them old. */
const PATIENCE = 5000

type Searching = Pick<
  Reading,
  'search' | 'recordQueries' | 'communities' | 'collections' | 'items' | 'objects'
>

/** The reads that look at the search index; each is answered when it has what was committed before. */
export function upToDate<R extends Searching>(reading: R, catchUp: CatchUp): R {
  const { search, recordQueries, communities, collections, items, objects } = reading
  const inStep = (): Promise<void> => {
    const end = performance.now() + PATIENCE
    return catchUp(() => performance.now() < end)
  }
  /** Lists look at the index for words alone. */
  const inStepFor = async ({ words }: { readonly words?: string }): Promise<void> => {
    if (words !== undefined) await inStep()
  }
  return {
    ...reading,
    search: {
      search: (query, page) => inStep().then(() => search.search(query, page)),
    },
    recordQueries: {
      ...recordQueries,
      run: (query, now) => inStep().then(() => recordQueries.run(query, now)),
    },
    communities: {
      ...communities,
      list: (query, page) => inStepFor(query).then(() => communities.list(query, page)),
    },
    collections: {
      ...collections,
      list: (query, page) => inStepFor(query).then(() => collections.list(query, page)),
    },
    items: {
      ...items,
      list: (query, page) => inStepFor(query).then(() => items.list(query, page)),
    },
    objects: {
      ...objects,
      count: (wanted) => inStep().then(() => objects.count(wanted)),
    },
  }
}
