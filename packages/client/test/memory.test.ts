import { execFile } from 'node:child_process'
import { mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { account, json, startDSpace } from './dspace-server.ts'

const size = 300 * 1024 * 1024
const limit = 64 * 1024 * 1024

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hexapla-memory-'))
})
afterAll(() => rm(folder, { recursive: true }))

function* zeros(bytes: number) {
  const chunk = Buffer.alloc(64 * 1024)
  for (let left = bytes; left > 0; left -= chunk.length) yield chunk.subarray(0, left)
}

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
          void Readable.from(zeros(size)).pipe(res.setHeader('content-length', size)),
      },
    })
    const file = join(folder, `${work}.bin`)
    if (work !== 'download') {
      await writeFile(file, '')
      await truncate(file, size)
    }
    const child = new URL('memory-child.ts', import.meta.url).pathname
    const args = [
      '--conditions=@hexapla/source',
      // As the command runs: what V8 has not collected yet is not held by the client.
      '--max-semi-space-size=2',
      child,
      server.endpoint,
      account.user,
      account.password,
      work,
      file,
    ]
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 25_000 })
    const { bytes, growth } = JSON.parse(stdout) as { bytes: number; growth: number; ms: number }
    expect(bytes).toBeGreaterThanOrEqual(size)
    expect(growth).toBeLessThan(limit)
    expect((await stat(file)).size).toBe(size)
    await rm(file)
  },
)
