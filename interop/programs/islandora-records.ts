import assert from 'node:assert/strict'
import type { DSpaceSession, IslandoraSession } from '@hexapla/client'

const MEMBER = { uri: 'info:fedora/fedora-system:def/relations-external#', predicate: 'isMemberOfCollection' }

/** A token of whoever the session is, for everything. */
export async function createToken(session: DSpaceSession, name: string): Promise<string> {
  const answer = await session.post('/api/authn/tokens', {
    json: { name, scope: 'admin' },
  })
  return ((await answer.json()) as { token: string }).token
}

/** DSpace tells no pids: the collection's is what an object that is moved into it is a member of. */
export async function pidOfCollection(
  dspace: DSpaceSession,
  islandora: IslandoraSession,
  collection: string,
): Promise<string> {
  const { pid, label } = await islandora.objects.create({ label: `Finds ${collection}` })
  const item = await findItem(dspace, label)
  await dspace.put(`/api/core/items/${item}/owningCollection`, {
    headers: { 'content-type': 'text/uri-list' },
    body: `${dspace.endpoint}/api/core/collections/${collection}`,
  })
  const [membership] = await islandora.relationships.list(pid, MEMBER)
  assert.ok(membership !== undefined)
  await islandora.objects.delete(pid)
  return membership.object.value
}

/** The uuid of the item of this name. */
export async function findItem(session: DSpaceSession, name: string): Promise<string> {
  for await (const item of session.items<{ uuid: string; name: string }>('/api/core/items')) {
    if (item.name === name) return item.uuid
  }
  throw new Error(`There is no item "${name}"`)
}
