import { randomUUID } from 'node:crypto'
import { smallFile } from './write-archive.ts'

/** A datastream to be. */
export interface IngestFile {
  readonly dsid: string
  readonly filename: string
  readonly type: string
  readonly content: Buffer
}

/** The datastreams of an object as ingest scripts bring them: no two objects have the same bytes. */
export function filesOf(index: number): readonly IngestFile[] {
  const salt = randomUUID()
  return [
    {
      dsid: 'OBJ',
      filename: 'heights.csv',
      type: 'text/csv',
      content: Buffer.from(`# ${salt}\n${smallFile(index)}`),
    },
    { dsid: 'TN', filename: 'heights.jpg', type: 'image/jpeg', content: thumbnail(salt) },
    { dsid: 'MODS', filename: 'mods.xml', type: 'application/xml', content: Buffer.from(mods(index, salt)) },
  ]
}

/** No picture, but it begins like one, and no two are the same. */
function thumbnail(salt: string): Buffer {
  return Buffer.concat([Buffer.from('ffd8ffe000104a46494600', 'hex'), Buffer.from(salt.repeat(40))])
}

function mods(index: number, salt: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<mods xmlns="http://www.loc.gov/mods/v3" version="3.5">
  <titleInfo><title>Observations of the tide at station ${index}</title></titleInfo>
  <name type="personal"><namePart>Observer, No. ${index}</namePart></name>
  <originInfo><dateIssued encoding="w3cdtf">2026-11-22</dateIssued></originInfo>
  <abstract>${'The tide was observed hourly for a year. '.repeat(10)}</abstract>
  <identifier type="local">${salt}</identifier>
</mods>
`
}

const BOUNDARY = 'hexapla-bench-boundary'

/** A whole request that sends a form, with a file at its end where there is one. */
export function formRequest(
  url: string,
  headers: Readonly<Record<string, string>>,
  fields: Readonly<Record<string, string>>,
  file?: IngestFile,
): Buffer {
  const { host, pathname } = new URL(url)
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  if (file !== undefined) {
    parts.push(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${file.filename}"\r\n` +
        `Content-Type: ${file.type}\r\n\r\n`,
    )
  }
  const body = Buffer.concat([
    Buffer.from(parts.join('')),
    ...(file === undefined ? [] : [file.content, Buffer.from('\r\n')]),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ])
  const head = {
    host,
    accept: 'application/json',
    ...headers,
    'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    'content-length': String(body.length),
  }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`)
  return Buffer.concat([Buffer.from(`POST ${pathname} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`), body])
}
