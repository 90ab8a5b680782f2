/* The floors: bare node:http on the same PostgreSQL. Arguments: DATABASE_URL DIRECTORY. Told its address by message. */
import { createHash, randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { Client, Pool, type QueryResultRow } from 'pg'

const [databaseUrl = '', directory = ''] = process.argv.slice(2)
// As the server under test reads: a few connections, statements prepared once and pipelined.
const readers = [await connect(), await connect()] as const
const pool = new Pool({ connectionString: databaseUrl, max: 10 })
let turn = false

async function connect(): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl, pipeline: true })
  await client.connect()
  return client
}

function read<Row extends QueryResultRow>(name: string, text: string, id: string): Promise<Row | undefined> {
  turn = !turn
  const query = { name, text, values: [id] }
  return readers[turn ? 0 : 1].query<Row>(query).then((result) => result.rows[0])
}

type Answer = (request: IncomingMessage, response: ServerResponse, id: string) => Promise<void>

/** The bytes of an answer, read by primary key. */
const answer: Answer = async (_, response, id) => {
  const row = await read<{ body: string; etag: string }>(
    'answer',
    'select body, etag from bench.answer where id = $1',
    id,
  )
  if (row === undefined) return void response.writeHead(404).end()
  response.writeHead(200, {
    'content-type': 'application/hal+json',
    'content-length': Buffer.byteLength(row.body),
    etag: row.etag,
  })
  response.end(row.body)
}

/** 304 after a look at the version. */
const version: Answer = async (request, response, id) => {
  const row = await read<{ etag: string }>('version', 'select etag from bench.answer where id = $1', id)
  const known = row !== undefined && request.headers['if-none-match'] === row.etag
  response.writeHead(known ? 304 : 404, known ? { etag: row.etag } : {}).end()
}

/** 304 without a look at anything. */
const nothing: Answer = async (request, response) => {
  response.writeHead(304, { etag: request.headers['if-none-match'] ?? '""' }).end()
}

/** One row in a transaction of its own. */
const insert: Answer = async (request, response) => {
  const document = (await json(request)) as { metadata: unknown }
  const client = await pool.connect()
  try {
    const id = randomUUID()
    await client.query('begin')
    await client.query({
      name: 'insert',
      text: 'insert into bench.record (id, metadata) values ($1, $2)',
      values: [id, JSON.stringify(document.metadata)],
    })
    await client.query('commit')
    const body = JSON.stringify({ id, ...document })
    response.writeHead(201, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
    response.end(body)
  } finally {
    client.release()
  }
}

/** A body to a file, with both digests and synced; the file is removed at once. */
const store: Answer = async (request, response) => {
  const path = join(directory, randomUUID())
  const file = await open(path, 'wx')
  const [sha256, md5] = [createHash('sha256'), createHash('md5')]
  for await (const chunk of request) {
    const bytes = chunk as Buffer
    sha256.update(bytes)
    md5.update(bytes)
    await file.write(bytes)
  }
  await file.datasync()
  await file.close()
  response.writeHead(201).end(`${sha256.digest('hex')} ${md5.digest('hex')}`)
  await rm(path)
}

const routes: Readonly<Record<string, Answer>> = { answer, version, nothing, insert, store }

const server = createServer((request, response) => {
  const [, name = '', id = ''] = (request.url ?? '').split('/')
  const route = routes[name]
  if (route === undefined) return void response.writeHead(404).end()
  route(request, response, id).catch((error: unknown) => response.destroy(error as Error))
})
server.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
process.once('disconnect', () => process.exit())
