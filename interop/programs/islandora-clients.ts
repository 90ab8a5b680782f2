import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DSpaceSession, IslandoraSession } from '@hexapla/client'
import { ACCOUNT } from '../process/server-process.ts'
import { run } from '../python/run.ts'
import type { Program } from './program.ts'
import { createToken, findItem, pidOfCollection } from './islandora-records.ts'
import { createCollection } from './records.ts'

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

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
  {
    name: 'islandora7-rest: its guide',
    async run({ python, server, directory }) {
      const token = await createToken(new DSpaceSession(server.endpoint, ACCOUNT), 'Guide')
      const file = join(directory, 'bigFile.tif')
      await writeFile(file, randomBytes(1_000_001))
      const rest = `${server.url}/islandora/rest`
      const args = [
        script('islandora7-rest-guide.py'),
        python.islandoraGuide,
        rest,
        ACCOUNT.email,
        token,
        file,
      ]
      // The guide's configurator reads the environment.
      const env = { ISLANDORA_REST: rest, ISLANDORA_USER: ACCOUNT.email, ISLANDORA_TOKEN: token }
      const { stdout } = await run(python.python, args, { env })
      return `${stdout.trim().split('\n').at(-1)} blocks as published`
    },
  },
]
