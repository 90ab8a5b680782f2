import type { RecordKind } from './record.ts'

/** What an identifier leads to. */
export interface FoundRecord {
  readonly id: string
  readonly kind: RecordKind
}

export interface RecordFinder {
  byUuid(id: string): Promise<FoundRecord | undefined>
  /** @param handle `prefix/suffix` */
  byHandle(handle: string): Promise<FoundRecord | undefined>
  /** What each of the handles leads to; those that lead nowhere are left out. */
  byHandles(handles: readonly string[]): Promise<ReadonlyMap<string, FoundRecord>>
}
