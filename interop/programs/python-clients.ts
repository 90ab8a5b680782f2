import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DSpaceSession } from '@hexapla/client'
import { ACCOUNT } from '../process/server-process.ts'
import { run } from '../python/run.ts'
import { assertNothingLogged } from './assert-nothing-logged.ts'
import { createBundle, createCollection, createItem } from './records.ts'
import type { Program, Stage } from './program.ts'

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

interface Bitstream {
  readonly uuid: string
  readonly sizeBytes: number
  readonly checkSum: { readonly value: string }
}

/** The published Python clients, used by programs of ours. */
export const pythonClients: readonly Program[] = [
  {
    name: 'dspace-rest-client: pages, metadata helpers',
    async run({ python, server }) {
      const api = `${server.endpoint}/api`
      const args = [script('rest-client.py'), api, ACCOUNT.email, ACCOUNT.password]
      const finished = await run(python.python, args)
      assertNothingLogged(finished)
      return finished.stdout.trim()
    },
  },
  {
    name: 'dspace-rest-client and Pele: a deposited span and box are found by a polygon, by those who may read them',
    async run({ python, server }) {
      const reader = { email: 'gauge-reader@example.org', password: 'a long enough passphrase' }
      const session = new DSpaceSession(server.endpoint, ACCOUNT)
      await session.post('/api/eperson/epersons', { json: { ...reader, canLogIn: true, metadata: {} } })
      const pele = new URL('/pele/api/v0.1', server.endpoint).href
      const accounts = [ACCOUNT, reader].flatMap(({ email, password }) => [email, password])
      const args = [script('deposit-datasets.py'), `${server.endpoint}/api`, ...accounts, pele]
      assertNothingLogged(await run(python.python, args))
      return 'in the next request; a private one is not'
    },
  },
  {
    name: 'dspace-requests-wrapper: actuator, chunked upload, pages, renewal',
    async run({ python, server, directory }) {
      const session = new DSpaceSession(server.endpoint, ACCOUNT)
      const item = await createItem(session, await createCollection(session, 'Wrapper'), 'Chunked')
      const bundle = await createBundle(session, item)
      const content = randomBytes(5_000_001)
      const file = join(directory, 'testfile.bin')
      await writeFile(file, content)
      const account = [ACCOUNT.email, ACCOUNT.password]
      const args = [script('requests-wrapper.py'), server.endpoint, ...account, bundle, file]
      const { stdout } = await run(python.python, args)
      const { bitstream, fields } = JSON.parse(stdout) as { bitstream: Bitstream; fields: number }
      assert.equal(bitstream.sizeBytes, content.length)
      assert.equal(bitstream.checkSum.value, createHash('md5').update(content).digest('hex'))
      const download = await session.get(`/api/core/bitstreams/${bitstream.uuid}/content`)
      assert.deepEqual(Buffer.from(await download.arrayBuffer()), content)
      return `${content.length} bytes in chunks, ${fields} metadata fields over pages`
    },
  },
  {
    name: 'dspace-requests-wrapper README: actuator/info',
    run: async (stage) => {
      const stdout = await runReadme(stage, '/actuator/info', {})
      assert.match(stdout, /'app':/)
      return 'as published'
    },
  },
  {
    name: 'dspace-requests-wrapper README: item, bundle, bitstream',
    async run(stage) {
      const session = new DSpaceSession(stage.server.endpoint, ACCOUNT)
      const file = join(stage.directory, 'example.pdf')
      await writeFile(file, '%PDF-1.7\nan example\n')
      const stdout = await runReadme(stage, 'A_COLLECTION_UUID', {
        A_COLLECTION_UUID: await createCollection(session, 'README'),
        '/tmp/example.pdf': file,
      })
      assert.match(stdout, /'name': 'example_file_name_in_metadata.pdf'/)
      assert.match(stdout, /'sizeBytes': 20,/)
      return 'as published'
    },
  },
]

async function runReadme(
  { python, server }: Stage,
  words: string,
  replacements: Readonly<Record<string, string>>,
): Promise<string> {
  const placeholders = {
    'https://your.dspace.here/server': server.endpoint,
    auserhere: ACCOUNT.email,
    hunter42: ACCOUNT.password,
    ...replacements,
  }
  const pairs = Object.entries(placeholders).flat()
  const args = [script('readme-example.py'), 'dspace-requests-wrapper', words, ...pairs]
  return (await run(python.python, args)).stdout
}
