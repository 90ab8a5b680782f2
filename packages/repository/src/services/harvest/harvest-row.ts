/** What became of one record of a source. */
export type HarvestRow =
  | {
      readonly status: 'created' | 'updated' | 'unchanged'
      readonly oaiId: string
      readonly itemId: string
    }
  /** It is deleted at the source; the item is null when there was none. */
  | { readonly status: 'deleted'; readonly oaiId: string; readonly itemId: string | null }
  /** It was left out; the next harvest asks for it again. */
  | { readonly status: 'faulty'; readonly oaiId: string; readonly message: string }

/** The row of a record that was left out. */
export function faultyRecord(oaiId: string, message: string): HarvestRow {
  return { status: 'faulty', oaiId, message }
}
