import type { Paging } from './read-paging.ts'

/** Part of a list in the original's words: `message` is there for failures, and null without one. */
export function listAnswer(
  key: 'datasets' | 'dataset_ids' | 'results' | 'types',
  elements: readonly unknown[],
  { total, paging, cursor }: { total: number; paging: Paging; cursor?: string },
) {
  return {
    success: true,
    message: null,
    [key]: elements,
    total,
    count: elements.length,
    page_size: paging.pageSize,
    offset: paging.offset,
    // For those who go on by cursors alone: others find what the original has.
    ...(paging.cursor !== undefined && { cursor }),
  }
}
