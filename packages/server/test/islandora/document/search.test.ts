import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { outcome, startStage, type Stage } from './stage.ts'

let stage: Stage
const pids: string[] = []
beforeAll(async () => {
  stage = await startStage()
  for (const label of ['A map of Norway', 'A map of Sweden', 'A photograph']) {
    pids.push(await stage.newObject({ namespace: 'sought', label, owner: 'fedoraAdmin' }))
  }
})
afterAll(() => stage.server.stop())

interface Found {
  readonly response: { readonly numFound: number; readonly docs: readonly Record<string, unknown>[] }
  readonly [part: string]: unknown
}
async function search(query: string, parameters = ''): Promise<Found> {
  const answer = await stage.anonymous.send('GET', `solr/${query}?${parameters}`)
  expect(outcome(answer)).toBe(200)
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
  return answer.json as Found
}
const found = async (query: string, parameters = '') =>
  (await search(query, `fl=PID&sort=PID+asc&${parameters}`)).response.docs.map(({ PID }) => PID)

describe('Search For Objects > GET', () => {
  test('query; Response: 200 OK, as Solr tells it', async () => {
    const answer = await search('fgs_label_s:*map*', 'fl=PID,fgs_label_s&sort=PID+asc')
    expect(answer).toMatchObject({
      responseHeader: { status: 0, QTime: expect.any(Number) as number },
      response: {
        numFound: 2,
        start: 0,
        docs: [
          { PID: pids[0], fgs_label_s: 'A map of Norway' },
          { PID: pids[1], fgs_label_s: 'A map of Sweden' },
        ],
      },
    })
  })

  test.each([
    ['encoded as curl and browsers do', 'fgs_label_s:%22A%20map%20of%20Norway%22'],
    ['with plus signs for blanks', 'fgs_label_s:%22A+map+of+Norway%22'],
    ['words of a field', 'dc.title:(map+AND+norway)'],
    ['the URI of a PID, with its slash', `PID:%22sought:1%22+AND+NOT+fgs_label_s:a/b`],
  ])('query %s', async (_name, query) => {
    expect(await found(query)).toEqual([pids[0]])
  })

  test('…: the additional parameters of SOLR', async () => {
    expect(await found('PID:sought*', 'fq=fgs_label_s:*map*&fq=-fgs_label_s:*Norway')).toEqual([pids[1]])
    expect(await found('PID:sought*', 'rows=1&start=1')).toEqual([pids[1]])
    expect((await search('PID:sought*', 'rows=0')).response).toMatchObject({ numFound: 3, docs: [] })
    expect(await search('PID:sought*', 'omitHeader=true')).not.toHaveProperty('responseHeader')
    const faceted = await search('PID:sought*', 'rows=0&facet=true&facet.field=fgs_ownerId_s&wt=json')
    expect(faceted).toHaveProperty(['facet_counts', 'facet_fields', 'fgs_ownerId_s'])
    const marked = await search('dc.title:norway', 'hl=true&fl=PID')
    expect(JSON.stringify(marked['highlighting'])).toContain('<em>Norway</em>')
  })

  test('…: cursorMark, to the end', async () => {
    const pages = []
    for (let mark = '*'; ;) {
      const page = await search('PID:sought*', `rows=2&sort=PID+asc&cursorMark=${encodeURIComponent(mark)}`)
      pages.push(page.response.docs.length)
      if (page['nextCursorMark'] === mark) break
      mark = String(page['nextCursorMark'])
    }
    expect(pages).toEqual([2, 1, 0])
  })

  test('results are restricted for the given user', async () => {
    const hidden = await stage.newObject({ namespace: 'hidden', label: 'Hidden' })
    expect(await found('PID:hidden*')).toEqual([hidden])
    expect(outcome(await stage.admin.json('PUT', `object/${hidden}`, { state: 'D' }))).toBe(200)
    expect(await found('PID:hidden*')).toEqual([])
    const { json } = await stage.admin.send('GET', 'solr/PID:hidden*?fl=PID,fgs_state_s')
    expect((json as Found).response.docs).toEqual([{ PID: hidden, fgs_state_s: 'Deleted' }])
  })

  test.each(['dc.title:%22', '(a', 'a+AND', '*:*?rows=many', '*:*?sort=PID+sideways', '*:*?cursorMark=x'])(
    'Common Responses > 400: %s',
    async (query) => {
      expect(outcome(await stage.anonymous.send('GET', `solr/${query}`))).toBe(400)
    },
  )
})
