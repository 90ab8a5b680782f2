import type { Page } from '@hexapla/repository'

/**
 * The links of a page of a list (RestContract README, "Pagination"): `self` is the address asked for without what
 * concerns embedding only; `first` and `last` unless the list is empty; `prev` and `next` where there is such a page.
 *
 * @param address absolute address of the list, without query
 * @param query as it was sent
 */
export function pageLinks(
  address: string,
  query: URLSearchParams,
  page: Pick<Page<unknown>, 'number' | 'size' | 'total'>,
): Record<string, { href: string }> {
  const kept = new URLSearchParams(query)
  for (const name of ['embed', 'embed.size', 'authentication-token']) kept.delete(name)
  const to = (number: number) => {
    const target = new URLSearchParams(kept)
    target.set('page', String(number))
    target.set('size', String(page.size))
    return { href: `${address}?${target.toString()}` }
  }
  const self = { href: kept.size === 0 ? address : `${address}?${kept.toString()}` }
  const pages = Math.ceil(page.total / page.size)
  if (pages === 0) return { self }
  return {
    first: to(0),
    ...(page.number > 0 ? { prev: to(Math.min(page.number - 1, pages - 1)) } : {}),
    self,
    ...(page.number < pages - 1 ? { next: to(page.number + 1) } : {}),
    last: to(pages - 1),
  }
}
