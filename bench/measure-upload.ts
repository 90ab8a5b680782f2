import { authorization } from './authorization.ts'
import { compare, type Side } from './compare.ts'
import type { Row } from './report.ts'
import type { Stage } from './stage.ts'
import { upload, type UploadBody } from './upload.ts'

const BOUNDARY = 'hexapla-bench-boundary'

/** Large files, one at a time. */
export async function measureUpload(
  stage: Stage,
  { rounds, megabytes }: { readonly rounds: number; readonly megabytes: number },
  wanted: (name: string) => boolean,
): Promise<Row[]> {
  const name = `upload of ${megabytes} MB`
  if (!wanted(name)) return []
  const { server, floor, seeded } = stage
  const bytes = megabytes * 1e6
  const headers = { authorization: await authorization(stage) }
  const multipart: UploadBody = {
    bytes,
    before:
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="large.bin"\r\n` +
      'Content-Type: application/octet-stream\r\n\r\n',
    after: `\r\n--${BOUNDARY}--\r\n`,
  }
  const ours: Side = {
    pid: server.pid,
    async run() {
      const url = `${server.endpoint}/api/core/bundles/${seeded.bundleId}/bitstreams`
      const type = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }
      const { rate, answer } = await timed(() => upload(url, { ...headers, ...type }, multipart))
      const { uuid } = JSON.parse(answer.text) as { uuid: string }
      await fetch(`${server.endpoint}/api/core/bitstreams/${uuid}`, { method: 'DELETE', headers })
      return rate
    },
  }
  const bare: Side = {
    pid: floor.pid,
    run: async () => (await timed(() => upload(`${floor.url}/store`, {}, { bytes }))).rate,
  }
  async function timed<T>(work: () => Promise<T>) {
    const started = performance.now()
    const answer = await work()
    const milliseconds = performance.now() - started
    return { answer, rate: { perSecond: megabytes / (milliseconds / 1000), latencies: [milliseconds] } }
  }
  const comparison = await compare({ ours, floor: bare }, { rounds, milliseconds: 0 })
  return [{ name, floorName: 'body to disk, SHA-256, MD5, sync', unit: 'MB/s', wanted: 0.7, comparison }]
}
