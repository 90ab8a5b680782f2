import { compare, type Rounds, type Side } from './compare.ts'
import { authorization } from './authorization.ts'
import { itemUrl, listUrl } from './addresses.ts'
import { LIST_ID } from './floor-tables.ts'
import { runLoad, type Load } from './load.ts'
import type { Row } from './report.ts'
import { requestBytes } from './requests.ts'
import { itemMetadata } from './seed.ts'
import type { Stage } from './stage.ts'

const CONNECTIONS = 16

/** Small requests: reads, answers without a body, lists, and the creation of items. */
export async function measureRequests(
  stage: Stage,
  rounds: Rounds,
  wanted: (name: string) => boolean,
): Promise<Row[]> {
  const { server, floor, seeded } = stage
  const headers = { authorization: await authorization(stage) }
  const side = (pid: number, load: Omit<Load, 'connections'>): Side => ({
    pid,
    run: (milliseconds) => runLoad({ ...load, connections: CONNECTIONS }, milliseconds),
  })
  const ours = (requests: Buffer[], status = 200) => side(server.pid, { url: server.url, requests, status })
  const bare = (requests: Buffer[], status = 200) => side(floor.pid, { url: floor.url, requests, status })
  const floorGet = (path: string, etag?: string) =>
    requestBytes(
      'GET',
      `${floor.url}/${path}`,
      etag === undefined ? {} : { headers: { 'if-none-match': etag } },
    )

  const etag = (await fetch(itemUrl(stage, seeded.itemIds[0] ?? ''))).headers.get('etag') ?? ''
  const items = seeded.itemIds
  const newItem = {
    metadata: itemMetadata(0),
    inArchive: true,
    discoverable: true,
    withdrawn: false,
    type: 'item',
  }
  const creation = `${server.endpoint}/api/core/items?owningCollection=${seeded.collectionId}`
  const conditional = ours(
    items.map((id) => requestBytes('GET', itemUrl(stage, id), { headers: { 'if-none-match': etag } })),
    304,
  )
  const measurements = [
    {
      name: 'item GET',
      floorName: 'the same bytes by primary key',
      wanted: 0.6,
      ours: ours(items.map((id) => requestBytes('GET', itemUrl(stage, id)))),
      floor: bare(items.map((id) => floorGet(`answer/${id}`))),
    },
    {
      name: 'item 304',
      floorName: '304 after the version by primary key',
      wanted: 0.8,
      ours: conditional,
      floor: bare(
        items.map((id) => floorGet(`version/${id}`, etag)),
        304,
      ),
    },
    {
      name: 'item 304',
      floorName: '304 without a database',
      ours: conditional,
      floor: bare([floorGet('nothing', etag)], 304),
    },
    {
      name: 'list of 20, two embeds',
      floorName: 'the same bytes by primary key',
      ours: ours([requestBytes('GET', listUrl(stage), { headers })]),
      floor: bare([floorGet(`answer/${LIST_ID}`)]),
    },
    {
      name: 'item creation',
      floorName: 'INSERT of a row in a transaction',
      ours: ours([requestBytes('POST', creation, { headers, json: newItem })], 201),
      floor: bare([requestBytes('POST', `${floor.url}/insert`, { json: newItem })], 201),
    },
  ]
  const rows: Row[] = []
  for (const { ours, floor, ...row } of measurements.filter(({ name }) => wanted(name))) {
    rows.push({ ...row, unit: 'requests/s', comparison: await compare({ ours, floor }, rounds) })
  }
  return rows
}
