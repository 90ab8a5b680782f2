import type { ImportFault } from '../../import/import-item.ts'

/** What became of one item of an import's source. */
export type ImportRow =
  /** It is in the repository now. */
  | { readonly status: 'imported'; readonly key: string; readonly itemId: string; readonly handle: string }
  /** An earlier run brought it. The handle is null once the item was deleted. */
  | {
      readonly status: 'skipped'
      readonly key: string
      readonly itemId: string | null
      readonly handle: string | null
    }
  /** It could be imported: the answer of a dry run. */
  | { readonly status: 'valid'; readonly key: string }
  /** It cannot be imported as it is. */
  | ({ readonly status: 'faulty' } & Omit<ImportFault, 'kind'>)

/** The row of an item that is at fault. */
export function faultyRow(
  key: string,
  message: string,
  place: { readonly file?: string | null; readonly line?: number | null } = {},
): ImportRow {
  return { status: 'faulty', key, message, file: place.file ?? null, line: place.line ?? null }
}
