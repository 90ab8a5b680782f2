/** A window on a list: `number` is 0-based. */
export interface PageRequest {
  readonly number: number
  readonly size: number
  /** Names are those of the list's sort criteria; anything else is `SORT_UNKNOWN`. */
  readonly sort?: { readonly by: string; readonly direction: 'asc' | 'desc' }
}

/** One page of a list and the size of the whole. */
export interface Page<T> {
  readonly elements: readonly T[]
  readonly number: number
  readonly size: number
  readonly total: number
}

/** The same page with its elements translated. */
export function mapPage<T, U>(page: Page<T>, translate: (element: T) => U): Page<U> {
  return { ...page, elements: page.elements.map(translate) }
}

/** The first page of a list that is at hand as a whole. */
export function firstPage<T>(elements: readonly T[], size: number): Page<T> {
  return { elements: elements.slice(0, size), number: 0, size, total: elements.length }
}
