import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DSpaceSession, IslandoraSession } from '@hexapla/client'
import { ACCOUNT } from '../process/server-process.ts'
import { run } from '../python/run.ts'
import type { Program } from './program.ts'
import { createCollection } from './records.ts'

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const MEMBER = { uri: 'info:fedora/fedora-system:def/relations-external#', predicate: 'isMemberOfCollection' }

/** The published Islandora client, used by a program of ours. */
export const islandoraClients: readonly Program[] = [
  {
    name: 'islandora7-rest: objects, datastreams, relationships',
    async run({ python, server, directory }) {
      const dspace = new DSpaceSession(server.endpoint, ACCOUNT)
      const islandora = new IslandoraSession(server.url, { user: ACCOUNT.email, password: ACCOUNT.password })
      const uuid = await createCollection(dspace, 'Islandora')
      const collection = await pidOfCollection(dspace, islandora, uuid)
      const content = randomBytes(3_000_001)
      const file = join(directory, 'sample-article-1.pdf')
      await writeFile(file, content)

      const rest = `${server.url}/islandora/rest`
      const args = [
        script('islandora7-rest.py'),
        rest,
        ACCOUNT.email,
        await createToken(dspace, 'Objects'),
        collection,
        file,
      ]
      const pid = (await run(python.python, args)).stdout.trim()

      const item = await findItem(dspace, 'Sample Article 01, revised')
      const owner = await dspace.getJson<{ uuid: string }>(`/api/core/items/${item}/owningCollection`)
      assert.equal(owner.uuid, uuid)
      const { stream } = await islandora.datastreams.open(pid, 'PDF')
      assert.deepEqual(Buffer.from(await new Response(stream).arrayBuffer()), content)
      return `${pid}, an item in its collection`
    },
  },
  {
    name: 'islandora7-rest: Solr',
    async run({ python, server }) {
      const token = await createToken(new DSpaceSession(server.endpoint, ACCOUNT), 'Solr')
      const args = [script('islandora7-rest-solr.py'), `${server.url}/islandora/rest`, ACCOUNT.email, token]
      return `${(await run(python.python, args)).stdout.trim()} records along the cursor`
    },
  },
]

async function createToken(session: DSpaceSession, name: string): Promise<string> {
  const answer = await session.post('/api/authn/tokens', {
    json: { name, scope: 'admin' },
  })
  return ((await answer.json()) as { token: string }).token
}

/** DSpace tells no pids: the collection's is what an object that is moved into it is a member of. */
async function pidOfCollection(
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

async function findItem(session: DSpaceSession, name: string): Promise<string> {
  for await (const item of session.items<{ uuid: string; name: string }>('/api/core/items')) {
    if (item.name === name) return item.uuid
  }
  throw new Error(`There is no item "${name}"`)
}
