import type { StoredContent } from '../records/record.ts'

/** Makes the bytes of committed files permanent. */
export interface ContentKeeper {
  /**
   * Takes over committed content, which is durable and can be read from staging meanwhile. Resolves at once, unless much is
   * waiting already; a failure is the repository's, never the sender's.
   */
  keep(content: StoredContent): Promise<void>
}
