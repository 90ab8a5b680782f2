import type { TestServer } from '@hexapla/testing'

/** How many statements it takes to read something, without those of the jobs that run beside the requests. */
export async function readsIn(server: TestServer, work: () => Promise<unknown>): Promise<number> {
  const sent = await server.statements(work)
  return sent.filter((sql) => !/^\s*(?:begin|commit)|\boutbox\b/.test(sql)).length
}
