import { mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { account, json, startDSpace } from './dspace-server.ts'
import { LARGE, runMemoryChild, zeros } from './run-memory-child.ts'

const limit = 64 * 1024 * 1024

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hexapla-memory-'))
})
afterAll(() => rm(folder, { recursive: true }))

test.each(['upload', 'chunked', 'download'])(
  '%s of 300 MB grows the process by less than 64 MB',
  async (work) => {
    await using server = await startDSpace({
      version: 8,
      routes: {
        'POST /api/upload': async (req, res) => {
          let bytes = 0
          for await (const chunk of req) bytes += (chunk as Buffer).length
          json(res, 201, { bytes })
        },
        '/api/content/small': (_req, res) => void res.end('small'),
        '/api/content/large': (_req, res) =>
          void Readable.from(zeros()).pipe(res.setHeader('content-length', LARGE)),
      },
    })
    const file = join(folder, `${work}.bin`)
    if (work !== 'download') {
      await writeFile(file, '')
      await truncate(file, LARGE)
    }
    const args = [server.endpoint, account.user, account.password, work, file]
    const { bytes, growth } = await runMemoryChild(new URL('memory-child.ts', import.meta.url), args)
    expect(bytes).toBeGreaterThanOrEqual(LARGE)
    expect(growth).toBeLessThan(limit)
    expect((await stat(file)).size).toBe(LARGE)
    await rm(file)
  },
)
