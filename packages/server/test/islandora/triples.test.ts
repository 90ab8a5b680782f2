import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPerson } from '../dspace/raw-session.ts'
import {
  administratorClient,
  basic,
  islandoraClient,
  tokenOf,
  type IslandoraClient,
} from './islandora-client.ts'

const JANE = { email: 'jane@example.org', password: 'a long enough passphrase' }
const ISLANDORA = 'http://islandora.ca/ontology/relsext#'
const RELATIONS = 'info:fedora/fedora-system:def/relations-external#'
const XSD = 'http://www.w3.org/2001/XMLSchema#'

interface Relationship {
  readonly predicate: { readonly value: string; readonly alias: string; readonly namespace: string }
  readonly object: { readonly literal: boolean; readonly value: string }
}

let server: TestServer
let admin: IslandoraClient
let jane: IslandoraClient
let build: ReturnType<typeof buildersFor>
beforeAll(async () => {
  server = await startTestServer()
  build = buildersFor(server.repository)
  admin = await administratorClient(server)
  await createPerson(server.session(), JANE)
  jane = islandoraClient(server, basic(JANE.email, await tokenOf(server, 'write', JANE)))
})
afterAll(() => server.stop())

const newObject = async (): Promise<string> =>
  ((await admin.send('POST', 'object')).json as { pid: string }).pid
const add = (pid: string, fields: Record<string, string>) =>
  admin.form('POST', `object/${pid}/relationship`, fields)
const remove = (pid: string, fields: Record<string, unknown>) =>
  admin.json('DELETE', `object/${pid}/relationship`, fields)
const list = async (pid: string, query: Record<string, string> = {}) =>
  (await admin.send('GET', `object/${pid}/relationship?${new URLSearchParams(query).toString()}`))
    .json as Relationship[]
const valuesOf = async (pid: string, query: Record<string, string> = {}) =>
  (await list(pid, query)).map(({ object }) => object.value)
const versionOf = async (pid: string) => {
  const { modified } = (await admin.send('GET', `object/${pid}`)).json as { modified: string }
  return modified
}

describe('List Existing Relationships', () => {
  test('any predicate, with the alias of its namespace; in the order in which they came', async () => {
    const pid = await newObject()
    await add(pid, { uri: ISLANDORA, predicate: 'isPageOf', object: 'islandora:7' })
    await add(pid, { uri: ISLANDORA, predicate: 'isPageNumber', object: '12', literal: 'true' })
    await add(pid, { uri: 'http://example.org/terms/', predicate: 'cites', object: 'https://doi.org/10.1/2' })
    expect(await list(pid)).toEqual([
      {
        predicate: { value: 'isPageOf', alias: 'islandora', namespace: ISLANDORA },
        object: { literal: false, value: 'islandora:7' },
      },
      {
        predicate: { value: 'isPageNumber', alias: 'islandora', namespace: ISLANDORA },
        object: { literal: true, value: '12' },
      },
      {
        predicate: { value: 'cites', alias: 'ns', namespace: 'http://example.org/terms/' },
        object: { literal: false, value: 'https://doi.org/10.1/2' },
      },
    ])
  })

  test('predicate, uri, object and literal limit the results, alone and together', async () => {
    const pid = await newObject()
    await add(pid, { uri: RELATIONS, predicate: 'isPartOf', object: 'a:1' })
    await add(pid, { uri: RELATIONS, predicate: 'isPartOf', object: 'a:1', literal: 'true' })
    await add(pid, { uri: RELATIONS, predicate: 'isPartOf', object: 'a:2' })
    await add(pid, { uri: ISLANDORA, predicate: 'isPartOf', object: 'a:3' })
    const count = async (query: Record<string, string>) => (await list(pid, query)).length
    expect(await count({})).toBe(4)
    expect(await count({ uri: RELATIONS })).toBe(3)
    expect(await count({ uri: RELATIONS, predicate: 'isPartOf' })).toBe(3)
    expect(await count({ predicate: 'isPartOf' })).toBe(4)
    expect(await count({ object: 'a:1' })).toBe(1)
    expect(await count({ object: 'info:fedora/a:1' })).toBe(1)
    expect(await count({ object: 'a:1', literal: 'true' })).toBe(1)
    expect(await count({ literal: 'true' })).toBe(1)
    expect(await count({ literal: 'false' })).toBe(4)
    expect(await count({ uri: ISLANDORA, predicate: 'isPartOf', object: 'a:3', literal: 'false' })).toBe(1)
    expect(await count({ uri: ISLANDORA, predicate: 'isPartOf', object: 'a:3', literal: 'true' })).toBe(0)
    expect(await count({ uri: ISLANDORA, predicate: 'isPageOf' })).toBe(0)
  })
})

describe('Add A New Relationship', () => {
  /** What RELS-EXT says of a predicate: the element behind its name. */
  const written = async (pid: string, name: string) => {
    const { text } = await admin.send('GET', `object/${pid}/datastream/RELS-EXT`)
    return Array.from(text.matchAll(new RegExp(`<islandora:${name}([^>]*)>`, 'g')), (match) =>
      (match[1] ?? '')
        .replace(/ xmlns:islandora="[^"]*"/, '')
        .replaceAll(XSD, 'xsd:')
        .trim(),
    )
  }

  test.each([
    ['uri', 'islandora:7', false, 'rdf:resource="info:fedora/islandora:7"/'],
    ['uri', 'http://example.org/a', false, 'rdf:resource="http://example.org/a"/'],
    ['none', ' text: of <any> kind & more ', true, ''],
    ['string', 'islandora:7', true, 'rdf:datatype="xsd:string"'],
    ['int', '-12', true, 'rdf:datatype="xsd:int"'],
    ['date', '2013-05-27', true, 'rdf:datatype="xsd:date"'],
    ['date', '2013-05-27T09:53:39.286Z', true, 'rdf:datatype="xsd:dateTime"'],
  ])('type %s: %s', async (type, object, literal, element) => {
    const pid = await newObject()
    const predicate = { uri: ISLANDORA, predicate: 'about' }
    expect(await add(pid, { ...predicate, object, type })).toMatchObject({ status: 201, text: '' })
    expect((await list(pid, predicate)).map((one) => one.object)).toEqual([{ literal, value: object }])
    expect(await written(pid, 'about')).toEqual([element])
  })

  test('literal and datatype, as the document has them', async () => {
    const pid = await newObject()
    const fields = { uri: ISLANDORA, predicate: 'isPageNumber', object: '3', literal: 'true' }
    for (const datatype of [`${XSD}int`, 'xsd:integer', 'decimal', 'http://example.org/#mine', '']) {
      expect((await add(pid, { ...fields, datatype })).status).toBe(201)
    }
    expect(await written(pid, 'isPageNumber')).toEqual([
      'rdf:datatype="xsd:int"',
      'rdf:datatype="xsd:integer"',
      'rdf:datatype="xsd:decimal"',
      'rdf:datatype="http://example.org/#mine"',
      '',
    ])
  })

  test('a predicate without a uri is one of relations between objects, or of the namespace that knows it', async () => {
    const pid = await newObject()
    await add(pid, { predicate: 'isPartOf', object: 'a:1' })
    await add(pid, { predicate: 'isPageOf', object: 'a:2' })
    await add(pid, { predicate: 'hasModel', object: 'islandora:pageCModel' })
    expect((await list(pid)).map(({ predicate }) => predicate.alias)).toEqual([
      'fedora-model',
      'fedora',
      'islandora',
    ])
  })

  test('the same twice is there once; it counts as a change of the object', async () => {
    const pid = await newObject()
    const before = await versionOf(pid)
    await new Promise((resolve) => setTimeout(resolve, 5))
    await Promise.all([1, 2, 3].map(() => add(pid, { predicate: 'isPartOf', object: 'a:1' })))
    const after = await versionOf(pid)
    expect(await valuesOf(pid)).toEqual(['a:1'])
    expect(after > before).toBe(true)
    await add(pid, { predicate: 'isPartOf', object: 'a:1' })
    expect(await versionOf(pid)).toBe(after)
  })

  test.each([
    ['an int that is none', { type: 'int', object: '1.5' }],
    ['an int beyond 32 bits', { type: 'int', object: '2147483648' }],
    ['a very long int', { type: 'int', object: '9'.repeat(60_000) }],
    ['a date that is none', { type: 'date', object: '27 May 2013' }],
    ['a day that there is not', { type: 'date', object: '2013-02-30' }],
    ['an hour that there is not', { type: 'date', object: '2013-02-01T25:00:00Z' }],
    ['a double that is none', { literal: 'true', datatype: `${XSD}double`, object: 'one' }],
    ['a type that there is not', { type: 'float', object: '1' }],
    ['a type and another literal', { type: 'uri', literal: 'true', object: 'a:1' }],
    ['a datatype that is no URI', { literal: 'true', datatype: 'a b', object: '1' }],
    ['a datatype of a URI', { datatype: `${XSD}int`, object: 'a:1' }],
    ['a URI that is none', { object: 'just text' }],
    ['a URI with a space', { object: 'http://example.org/a b' }],
    ['no object', { object: '' }],
    ['a uri that is empty', { uri: '', object: 'a:1' }],
    ['a null character', { type: 'none', object: 'a\0b' }],
    ['a predicate that is no XML name', { predicate: '1st', object: 'a:1' }],
    ['a predicate with a colon', { predicate: 'a:b', object: 'a:1' }],
    ['a namespace that is no URI', { uri: 'nothing', object: 'a:1' }],
    [
      'Dublin Core',
      { uri: 'http://purl.org/dc/elements/1.1/', predicate: 'title', object: 'T', type: 'none' },
    ],
    [
      'a state by its triple',
      { uri: 'info:fedora/fedora-system:def/model#', predicate: 'state', object: 'a:1' },
    ],
    ['a text that is too long', { type: 'none', object: 'x'.repeat(65_537) }],
  ])('400 with a message: %s', async (_what, fields) => {
    const pid = await newObject()
    const answer = await add(pid, { uri: ISLANDORA, predicate: 'about', ...fields })
    expect(answer).toMatchObject({ status: 400, json: { message: expect.any(String) } })
    expect(await list(pid)).toEqual([])
  })

  test('403 without the right to edit; communities and collections have relationships too', async () => {
    const item = await build.item()
    const path = `object/${item.pid}/relationship`
    const fields = { predicate: 'isPartOf', object: 'a:1' }
    expect((await jane.form('POST', path, fields)).status).toBe(403)
    expect((await jane.json('DELETE', path, {})).status).toBe(403)
    for (const { pid } of [await build.collection(), await build.community()]) {
      expect((await add(pid, fields)).status).toBe(201)
      expect(await valuesOf(pid, { predicate: 'isPartOf' })).toEqual(['a:1'])
      await remove(pid, { predicate: 'isPartOf' })
      expect(await valuesOf(pid, { predicate: 'isPartOf' })).toEqual([])
    }
  })
})

describe('Remove An Existing Relationship', () => {
  const four = async () => {
    const pid = await newObject()
    await add(pid, { predicate: 'isPartOf', object: 'a:1' })
    await add(pid, { predicate: 'isPartOf', object: 'one', type: 'string' })
    await add(pid, { predicate: 'isPageOf', object: 'a:1' })
    await add(pid, { predicate: 'hasModel', object: 'a:model' })
    return pid
  }

  test.each([
    [{ predicate: 'isPartOf', uri: RELATIONS }, ['a:model', 'a:1']],
    [{ predicate: 'isPartOf', literal: true }, ['a:model', 'a:1', 'a:1']],
    [{ predicate: 'isPartOf', object: 'one', literal: 1 }, ['a:model', 'a:1', 'a:1']],
    [{ predicate: 'isPartOf', object: 'one' }, ['a:model', 'a:1', 'one', 'a:1']],
    [{ object: 'a:1' }, ['a:model', 'one']],
    [{ uri: ISLANDORA }, ['a:model', 'a:1', 'one']],
    [{ predicate: 'isPartOf', literal: 0 }, ['a:model', 'a:1']],
    [{ literal: true }, ['a:model', 'a:1', 'a:1']],
    [{}, []],
  ])('by %j', async (filter, left) => {
    const pid = await four()
    expect(await remove(pid, filter)).toMatchObject({ status: 200, text: '' })
    expect(await valuesOf(pid)).toEqual(left)
  })

  test('POST with the field method=DELETE', async () => {
    const pid = await four()
    expect((await add(pid, { method: 'DELETE', predicate: 'isPageOf', object: 'a:1' })).status).toBe(200)
    expect(await valuesOf(pid)).toEqual(['a:model', 'a:1', 'one'])
  })
})

describe('relationships elsewhere', () => {
  test('they are found by searches, and gone from them', async () => {
    const pid = await newObject()
    const found = async (query: string) => {
      const { json } = await admin.send('GET', `solr/${encodeURIComponent(query)}?fl=PID`)
      return (json as { response: { docs: { PID: string }[] } }).response.docs.map(({ PID }) => PID)
    }
    await add(pid, { predicate: 'isPageOf', object: 'book:1' })
    await add(pid, { predicate: 'isPageNumber', object: '4711', type: 'int' })
    expect(await found('RELS_EXT_isPageOf_uri_ms:"info:fedora/book:1"')).toEqual([pid])
    expect(await found('RELS_EXT_isPageNumber_literal_ms:4711')).toEqual([pid])
    await remove(pid, { predicate: 'isPageOf' })
    expect(await found('RELS_EXT_isPageOf_uri_ms:"info:fedora/book:1"')).toEqual([])
    await admin.send('DELETE', `object/${pid}`)
    expect(await found('RELS_EXT_isPageNumber_literal_ms:4711')).toEqual([])
  })

  test('they go with the object', async () => {
    const { pid } = (await admin.form('POST', 'object', { pid: 'again:1' })).json as { pid: string }
    await add(pid, { predicate: 'isPartOf', object: 'a:1' })
    await admin.send('DELETE', `object/${pid}`)
    await admin.form('POST', 'object', { pid })
    expect(await list(pid)).toEqual([])
  })

  test('an object with its relationships is read by as many statements as one without', async () => {
    const pid = await newObject()
    const path = `object/${pid}`
    const reads = async () =>
      (await server.statements(() => admin.send('GET', path))).filter((sql) => sql.includes('from record r'))
    const before = (await reads()).length
    for (const object of ['a:1', 'a:2']) await add(pid, { predicate: 'isPartOf', object })
    expect((await reads()).length).toBe(before)
  })
})
