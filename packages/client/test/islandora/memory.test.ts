import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { LARGE, runMemoryChild, zeros } from '../run-memory-child.ts'
import { json } from './islandora-server.ts'

/** Signs everybody in, counts what is sent, and sends nothing but zeros. */
async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  let size = 0
  for await (const chunk of req) size += (chunk as Buffer).length
  if (req.url === '/user/login') json(res.setHeader('set-cookie', 'SESSabc=1; Path=/'), 200, {})
  else if (req.method === 'POST') json(res, 201, { size })
  else if (req.url?.endsWith('/large') === true) {
    Readable.from(zeros()).pipe(res.setHeader('content-length', LARGE))
  } else res.end('small')
}

test.each(['add', 'change', 'download'])(
  '%s: a datastream of 300 MB grows the process by less than 64 MB',
  async (work) => {
    const folder = await mkdtemp(join(tmpdir(), 'hexapla-memory-'))
    const server = createServer((req, res) => void answer(req, res))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    try {
      const file = join(folder, 'large.bin')
      if (work !== 'download') {
        await writeFile(file, '')
        await truncate(file, LARGE)
      }
      const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      const child = new URL('memory-child.ts', import.meta.url)
      const { bytes, growth } = await runMemoryChild(child, [site, work, file])
      expect(bytes).toBeGreaterThanOrEqual(LARGE)
      expect(growth).toBeLessThan(64 * 1024 * 1024)
      expect((await stat(file)).size).toBe(LARGE)
    } finally {
      server.closeAllConnections()
      server.close()
      await rm(folder, { recursive: true })
    }
  },
)
