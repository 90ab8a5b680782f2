import type { Stage } from './stage.ts'

/** One item. */
export function itemUrl({ server }: Stage, id: string): string {
  return `${server.endpoint}/api/core/items/${id}`
}

/** 20 items with their collection, their bundles and the files of those. */
export function listUrl({ server }: Stage): string {
  return `${server.endpoint}/api/core/items?size=20&embed=owningCollection&embed=bundles/bitstreams`
}
