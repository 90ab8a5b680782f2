import type { TestServer } from '@hexapla/testing'

/** How many statements read for `work`; what background work sends at the same time does not count. */
export async function readsOf(server: TestServer, work: () => Promise<unknown>): Promise<number> {
  const sent = await server.statements(work)
  return sent.filter((sql) => /^\s*(?:select|with)\b/i.test(sql) && !sql.includes('outbox')).length
}
