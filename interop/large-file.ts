import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DSpaceSession } from '@hexapla/client'
import { fileDigest, writeRandomFile } from './process/random-file.ts'
import { resetPeak, memoryOf } from './process/processes.ts'
import { ACCOUNT, startServerProcess } from './process/server-process.ts'
import { withTemporaryDirectory } from './process/temporary-directory.ts'
import { runHexapla } from './process/run-hexapla.ts'
import { createBundle, createCollection, createItem } from './programs/records.ts'
import type { Check } from './run-checks.ts'

/** A body of any size grows a process by less than this. */
const ALLOWED_GROWTH = 64 * 1024 * 1024
/** Large enough to fill every buffer that a transfer has. */
const SMALL = 16 * 1024 * 1024

/**
 * Sends a large file through the command and fetches it again, and measures by how much that grows the memory of client
 * and server: the peak of the large transfer above that of a small one before.
 */
export function largeFileCheck({ bytes }: { readonly bytes: number }): Check {
  return {
    name: `upload and download of ${megabytes(bytes)} in constant memory`,
    run: () => withTemporaryDirectory('large', (directory) => transfer(directory, bytes)),
  }
}

async function transfer(directory: string, bytes: number): Promise<string> {
  const server = await startServerProcess({ dataDirectory: directory })
  try {
    const session = new DSpaceSession(server.endpoint, ACCOUNT)
    const item = await createItem(session, await createCollection(session, 'Large'), 'Large')
    const bundle = await createBundle(session, item)
    const small = { path: join(directory, 'small.bin'), bytes: SMALL }
    const large = { path: join(directory, 'large.bin'), bytes }
    for (const file of [small, large]) await writeRandomFile(file.path, file.bytes)

    const measure = async (args: readonly string[]) => {
      await resetPeak(server.pid)
      const started = performance.now()
      const { peak, stdout } = await runHexapla(server.endpoint, args, directory)
      const seconds = (performance.now() - started) / 1000
      return { client: peak, server: await memoryOf(server.pid, 'VmHWM'), seconds, stdout }
    }
    const upload = async ({ path }: { path: string }) => {
      const measured = await measure(['upload', path, '--bundle', bundle, '--json'])
      return { ...measured, uuid: (JSON.parse(measured.stdout) as { uuid: string }).uuid }
    }
    const warmUpload = await upload(small)
    const uploaded = await upload(large)
    const download = (uuid: string, name: string) =>
      measure(['download', uuid, join(directory, name), '--json'])
    const warmDownload = await download(warmUpload.uuid, 'small.back')
    const downloaded = await download(uploaded.uuid, 'large.back')
    assert.equal(await fileDigest(join(directory, 'large.back')), await fileDigest(large.path))

    const growth = {
      'client of the upload': uploaded.client - warmUpload.client,
      'server in the upload': uploaded.server - warmUpload.server,
      'client of the download': downloaded.client - warmDownload.client,
      'server in the download': downloaded.server - warmDownload.server,
    }
    const told = Object.entries(growth).map(([who, grown]) => `${who} ${megabytes(grown)}`)
    for (const [who, grown] of Object.entries(growth)) {
      assert.ok(grown < ALLOWED_GROWTH, `the ${who} grew too much: ${told.join(', ')}`)
    }
    const rate = (seconds: number) => `${(bytes / seconds / 1e6).toFixed(0)} MB/s`
    return `up ${rate(uploaded.seconds)}, down ${rate(downloaded.seconds)}; growth: ${told.join(', ')}`
  } finally {
    await server.stop()
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(0)} MiB`
}
