/** What a client was told: whether something is there, or in doubt because its answer never came. */
export type Fate = 'there' | 'gone' | 'doubtful'

/** A file as it was sent. */
export interface LedgerFile {
  readonly name: string
  readonly size: number
  readonly sha256: string
  fate: Fate
  uuid: string | undefined
}

/** An item as it was made and changed. Its title and its files' names are never used twice. */
export interface LedgerItem {
  readonly title: string
  fate: Fate
  uuid: string | undefined
  bundle: string | undefined
  /** Descriptions that it may have: one, or two when a change is in doubt. */
  descriptions: (string | undefined)[]
  readonly files: Map<string, LedgerFile>
}

/** Everything that was ever asked of the server, by title. */
export type Ledger = Map<string, LedgerItem>

/** Notes a new item before it is asked for. */
export function noteItem(ledger: Ledger, title: string): LedgerItem {
  const item: LedgerItem = {
    title,
    fate: 'doubtful',
    uuid: undefined,
    bundle: undefined,
    descriptions: [undefined],
    files: new Map(),
  }
  ledger.set(title, item)
  return item
}
