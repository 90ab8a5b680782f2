import type { DSpaceSession } from '@hexapla/client'

const titled = (title: string) => ({ metadata: { 'dc.title': [{ value: title }] } })

async function create(
  session: DSpaceSession,
  path: string,
  json: unknown,
  query: Record<string, string> = {},
): Promise<string> {
  const answer = await session.post(path, { json, query })
  return ((await answer.json()) as { uuid: string }).uuid
}

/** A new collection in a new community; its uuid, as of the others. */
export async function createCollection(session: DSpaceSession, title: string): Promise<string> {
  const parent = await create(session, '/api/core/communities', titled(title))
  return create(session, '/api/core/collections', titled(title), { parent })
}

export async function createItem(
  session: DSpaceSession,
  owningCollection: string,
  title: string,
): Promise<string> {
  const item = { ...titled(title), inArchive: true, discoverable: true, withdrawn: false, type: 'item' }
  return create(session, '/api/core/items', item, { owningCollection })
}

export async function createBundle(session: DSpaceSession, item: string): Promise<string> {
  return create(session, `/api/core/items/${item}/bundles`, { name: 'ORIGINAL' })
}
