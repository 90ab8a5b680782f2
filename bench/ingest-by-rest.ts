import { openConnection, type Connection } from './connection.ts'
import { filesOf, formRequest, type IngestFile } from './ingest-objects.ts'
import { requestBytes } from './requests.ts'

/** Where objects go, and in whose name. */
export interface IngestTarget {
  /** Of the server, without a slash at its end. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly objects: number
  readonly clients: number
}

/** What was acknowledged: the files of each object, by its pid. */
export type Ingested = ReadonlyMap<string, readonly IngestFile[]>

/**
 * Ingests objects with their datastreams, several clients at once, each over a connection that it keeps: a request an object, then
 * one a datastream, as scripts do it.
 *
 * @throws Error when something is not answered with 201, or a pid comes twice
 */
export async function ingestByRest(target: IngestTarget): Promise<Ingested> {
  const ingested = new Map<string, readonly IngestFile[]>()
  let next = 0
  await eachClient(target, async (connection) => {
    while (next < target.objects) {
      const index = next++
      const files = filesOf(index)
      const pid = await ingestObject(connection, target, index, files)
      if (ingested.has(pid)) throw new Error(`The pid ${pid} was given twice`)
      ingested.set(pid, files)
    }
  })
  return ingested
}

async function ingestObject(
  connection: Connection,
  { url, headers }: IngestTarget,
  index: number,
  files: readonly IngestFile[],
): Promise<string> {
  const objects = `${url}/islandora/rest/v1/object`
  const post = async (address: string, fields: Readonly<Record<string, string>>, file?: IngestFile) => {
    const { status, body } = await connection.exchange(formRequest(address, headers, fields, file))
    if (status !== 201) throw new Error(`${address} was answered with ${status}: ${body.toString()}`)
    return body
  }
  const label = `Observations of the tide at station ${index}`
  const { pid } = JSON.parse((await post(objects, { namespace: 'ingest', label })).toString()) as {
    pid: string
  }
  for (const file of files) {
    const fields = { dsid: file.dsid, label: `${file.dsid} of ${pid}`, controlGroup: 'M' }
    await post(`${objects}/${pid}/datastream`, fields, file)
  }
  return pid
}

/**
 * Reads every object and the bytes of every datastream.
 *
 * @throws Error when something acknowledged is not there, or is not what was sent
 */
export async function verifyIngested(target: IngestTarget, ingested: Ingested): Promise<void> {
  if (ingested.size !== target.objects) throw new Error(`${ingested.size} of ${target.objects} were ingested`)
  const pids = [...ingested.keys()]
  await eachClient(target, async (connection) => {
    for (let pid = pids.pop(); pid !== undefined; pid = pids.pop()) {
      await verifyObject(connection, target, pid, ingested.get(pid) ?? [])
    }
  })
}

async function verifyObject(
  connection: Connection,
  { url, headers }: IngestTarget,
  pid: string,
  files: readonly IngestFile[],
): Promise<void> {
  const get = async (address: string) => {
    const { status, body } = await connection.exchange(requestBytes('GET', address, { headers }))
    if (status !== 200) throw new Error(`${address} was answered with ${status}`)
    return body
  }
  const object = `${url}/islandora/rest/v1/object/${pid}`
  const { datastreams } = JSON.parse((await get(object)).toString()) as { datastreams: { dsid: string }[] }
  const dsids = new Set(datastreams.map(({ dsid }) => dsid))
  for (const { dsid, content } of files) {
    if (!dsids.has(dsid)) throw new Error(`${pid} does not list ${dsid}`)
    if (!(await get(`${object}/datastream/${dsid}`)).equals(content))
      throw new Error(`${dsid} of ${pid} differs`)
  }
}

async function eachClient(
  { url, clients }: IngestTarget,
  work: (connection: Connection) => Promise<void>,
): Promise<void> {
  await Promise.all(
    Array.from({ length: clients }, async () => {
      const connection = await openConnection(url)
      try {
        await work(connection)
      } finally {
        connection.close()
      }
    }),
  )
}
