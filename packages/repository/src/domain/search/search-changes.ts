import type { IndexEntry } from './search-engine.ts'

/** How far the copy of the index in another engine is. */
export interface EngineState {
  /** Whether it has every record, so that it can be asked. */
  readonly isFilled: boolean
  /** The day, `YYYY-MM-DD`, that its readers are right for. */
  readonly day: string
}

/** What another engine has to be told. Writes note the records they change, while there is a state. */
export interface SearchChanges {
  /** The state, and the number of the last note, null without any; undefined while there is no other engine. */
  state(): Promise<(EngineState & { readonly lastNote: number | null }) | undefined>
  /** @param state undefined when there is no other engine any more: all that was noted is forgotten */
  save(state: EngineState | undefined): Promise<void>
  /** Notes the records whose policies begin or end between two days. */
  noteTurned(from: string, to: string): Promise<void>
  /**
   * Takes notes away, the oldest first.
   *
   * @param until the number of the last one
   * @returns how many these were, and the uuids of their records, each once
   */
  take(size: number, until: number): Promise<{ readonly notes: number; readonly ids: readonly string[] }>
  /** Takes the notes of these records away. */
  forget(ids: readonly string[]): Promise<void>
  /** The entries of these records as they are; of those that are gone, none. */
  entries(ids: readonly string[], day: string): Promise<readonly IndexEntry[]>
}
