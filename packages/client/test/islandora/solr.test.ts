import { describe, expect, test } from 'vitest'
import { IslandoraSession } from '../../src/index.ts'
import { collect } from '../rest/json-server.ts'
import { account, json, startIslandora } from './islandora-server.ts'

const answer = (docs: unknown[], more = {}) => ({
  responseHeader: { status: 0, QTime: 1 },
  response: { numFound: docs.length, start: 0, docs },
  ...more,
})

describe('solr', () => {
  test.each([
    ['*:*', 'solr/*:*'],
    ['dc.title:"C + D"', 'solr/dc.title:%22C%20%2B%20D%22'],
    ['uri:info:fedora/islandora:root', 'solr/uri:info:fedora/islandora:root'],
    ['50% of #1?', 'solr/50%25%20of%20%231%3F'],
    // A URL would lose these.
    ['a/../b', 'solr/a%2F..%2Fb'],
    ['/a.*/', 'solr/%2Fa.*%2F'],
  ])('query %s', async (query, target) => {
    await using site = await startIslandora({
      routes: { [`GET ${target}`]: (res) => json(res, 200, answer([{ PID: 'a:1' }])) },
    })
    const { response } = await new IslandoraSession(site.origin, account).solr<{ PID: string }>(query)
    expect(response.docs).toEqual([{ PID: 'a:1' }])
  })

  test('parameters: lists, repeated ones, names with dots', async () => {
    await using site = await startIslandora({
      routes: { 'GET solr/*:*': (res) => json(res, 200, answer([], { facet_counts: { facet_fields: {} } })) },
    })
    const found = await new IslandoraSession(site.origin, account).solr('*:*', {
      fq: ['PID:a\\:*', 'fgs_state_s:Active'],
      fl: ['PID', 'fgs_label_s'],
      rows: 0,
      sort: 'fgs_label_s asc',
      params: { facet: true, 'facet.field': ['a_ms', 'b_ms'] },
    })
    expect(found['facet_counts']).toEqual({ facet_fields: {} })
    const [, query] = site.seen.at(-1)?.target.split('?') ?? []
    expect([...new URLSearchParams(query)]).toEqual([
      ['fq', 'PID:a\\:*'],
      ['fq', 'fgs_state_s:Active'],
      ['fl', 'PID,fgs_label_s'],
      ['rows', '0'],
      ['sort', 'fgs_label_s asc'],
      ['facet', 'true'],
      ['facet.field', 'a_ms'],
      ['facet.field', 'b_ms'],
    ])
  })

  test('a query of nothing is refused, one that Solr refuses is an error', async () => {
    await using site = await startIslandora({
      routes: { 'GET solr/%22': (res) => json(res, 400, { message: 'Invalid Solr request.' }) },
    })
    const session = new IslandoraSession(site.origin, account)
    await expect(session.solr('')).rejects.toMatchObject({ code: 'arguments_invalid' })
    await expect(session.solr('"')).rejects.toMatchObject({ code: 'http_error', status: 400 })
  })
})

describe('solrAll', () => {
  /** Three pages behind cursor marks, the last one with the mark that it was asked with. */
  const pages: Readonly<Record<string, { docs: unknown[]; next: string }>> = {
    '*': { docs: [{ PID: 'a:1' }, { PID: 'a:2' }], next: 'AoE=+/' },
    'AoE=+/': { docs: [{ PID: 'a:3' }], next: 'AoF' },
    AoF: { docs: [], next: 'AoF' },
  }
  const startPages = () =>
    startIslandora({
      routes: {
        'GET solr/*:*': (res, { target }) => {
          const mark = new URLSearchParams(target.split('?')[1]).get('cursorMark') ?? ''
          const page = pages[mark]
          if (page === undefined) json(res, 400, { message: 'Unable to parse cursorMark' })
          else json(res, 200, answer(page.docs, { nextCursorMark: page.next }))
        },
      },
    })
  const parameter = (target: string, name: string) => new URLSearchParams(target.split('?')[1]).get(name)

  test('follows the cursor to its end', async () => {
    await using site = await startPages()
    const session = new IslandoraSession(site.origin, account)
    const found = await collect(session.solrAll('*:*', { rows: 2, fl: 'PID' }))
    expect(found).toEqual([{ PID: 'a:1' }, { PID: 'a:2' }, { PID: 'a:3' }])
    expect(site.seen.map(({ target }) => parameter(target, 'cursorMark'))).toEqual(['*', 'AoE=+/', 'AoF'])
    expect(site.seen.every(({ target }) => parameter(target, 'rows') === '2')).toBe(true)
  })

  test('asks for no page before it is wanted', async () => {
    await using site = await startPages()
    for await (const { PID } of new IslandoraSession(site.origin, account).solrAll('*:*')) {
      if (PID === 'a:2') break
    }
    expect(site.seen).toHaveLength(1)
  })

  test.each([
    [undefined, 'PID asc'],
    ['fgs_label_s desc', 'fgs_label_s desc, PID asc'],
    ['fgs_label_s desc,PID desc', 'fgs_label_s desc,PID desc'],
  ])('sort %s has a unique field', async (sort, sent) => {
    await using site = await startPages()
    const options = sort === undefined ? {} : { sort }
    await new IslandoraSession(site.origin, account).solrAll('*:*', options).next()
    expect(parameter(site.seen.at(-1)?.target ?? '', 'sort')).toBe(sent)
  })

  test('a server without cursors is not asked for ever', async () => {
    await using site = await startIslandora({
      routes: { 'GET solr/*:*': (res) => json(res, 200, answer([{ PID: 'a:1' }])) },
    })
    const all = collect(new IslandoraSession(site.origin, account).solrAll('*:*'))
    await expect(all).rejects.toMatchObject({ code: 'page_invalid' })
  })
})
