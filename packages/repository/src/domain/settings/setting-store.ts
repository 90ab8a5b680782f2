/** Small facts about the repository as a whole, by name. */
export interface SettingStore {
  /** The value, undefined when it was never set. */
  find(name: string): Promise<unknown>
  /** @param value anything that JSON can say */
  save(name: string, value: unknown): Promise<void>
}
