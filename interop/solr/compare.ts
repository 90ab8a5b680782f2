import assert from 'node:assert/strict'
import { CURATOR, READER, type Searcher } from './corpus.ts'
import { COMPARED } from './queries.ts'

const ADMINISTRATOR: Searcher = { email: 'admin@example.org', password: 'correct horse battery' }
const SEARCHERS: readonly (Searcher | undefined)[] = [undefined, READER, CURATOR, ADMINISTRATOR]

/** What a searcher was answered. */
interface Answer {
  readonly asked: string
  readonly status: number
  readonly body: Document
  readonly milliseconds: number
  readonly compares: 'answer' | 'documents'
}

interface Document {
  readonly response?: { readonly docs: readonly { readonly PID: string }[] }
  readonly [member: string]: unknown
}

/** Asks every query of the suite, as a visitor, somebody with a right of their own, a curator and an administrator. */
export async function askAll(url: string): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for (const searcher of SEARCHERS) {
    const headers = searcher === undefined ? {} : { cookie: await logIn(url, searcher) }
    for (const { path, compares } of COMPARED) {
      const began = performance.now()
      const response = await fetch(`${url}/islandora/rest/v1/solr/${path}`, { headers })
      const body = withoutTime((await response.json()) as Document)
      const asked = `${searcher?.email ?? 'a visitor'}: ${decodeURIComponent(path)}`
      const milliseconds = performance.now() - began
      answers.push({ asked, status: response.status, body, milliseconds, compares })
    }
    answers.push(...(await alongCursor(url, headers, searcher?.email ?? 'a visitor')))
  }
  return answers
}

/** Marks are each engine's own; what they lead through is not. */
async function alongCursor(
  url: string,
  headers: Readonly<Record<string, string>>,
  who: string,
): Promise<readonly Answer[]> {
  const pids: { PID: string }[] = []
  const began = performance.now()
  for (let mark = '*'; ;) {
    const query = new URLSearchParams({
      cursorMark: mark,
      rows: '700',
      fl: 'PID',
      sort: 'dc.type desc, PID asc',
    })
    const response = await fetch(`${url}/islandora/rest/v1/solr/dc.title:*?${query}`, { headers })
    const body = (await response.json()) as Document & { readonly nextCursorMark: string }
    pids.push(...(body.response?.docs ?? []))
    if (body.nextCursorMark === mark) break
    mark = body.nextCursorMark
  }
  const milliseconds = performance.now() - began
  const body = { response: { docs: pids } }
  return [{ asked: `${who}: along the cursor`, status: 200, body, milliseconds, compares: 'answer' }]
}

async function logIn(url: string, { email, password }: Searcher): Promise<string> {
  const body = new URLSearchParams({ name: email, pass: password, form_id: 'user_login' })
  const response = await fetch(`${url}/user/login`, { method: 'POST', body, redirect: 'manual' })
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0]
  assert.ok(cookie !== undefined, `${email} could not sign in: ${response.status}`)
  return cookie
}

function withoutTime(body: Document): Document {
  const { responseHeader, ...rest } = body as Document & { readonly responseHeader?: object }
  return responseHeader === undefined ? rest : { ...rest, responseHeader: { ...responseHeader, QTime: 0 } }
}

/** @throws AssertionError naming every query that was answered differently */
export function compareAnswers(expected: readonly Answer[], actual: readonly Answer[]): string {
  const different = expected.flatMap((answer, place) => {
    const other = actual[place]
    assert.equal(other?.asked, answer.asked)
    try {
      assert.deepEqual(seen(other), seen(answer))
      return []
    } catch (error) {
      return [`${answer.asked}\n${String(error)}`]
    }
  })
  if (different.length > 0) throw new Error(`${different.length} differ:\n${different.join('\n\n')}`)
  const found = expected.filter(({ body }) => (body.response?.docs.length ?? 0) > 0).length
  assert.ok(found > expected.length / 3, `only ${found} found anything`)
  const times = [expected, actual].map((answers) => median(answers.map(({ milliseconds }) => milliseconds)))
  return `${expected.length} answers, ${found} of them with documents; medians ${times.map((ms) => `${ms.toFixed(1)} ms`).join(' and ')}`
}

function seen({ status, body, compares }: Answer): unknown {
  if (compares === 'answer') return { status, body }
  return { status, pids: (body.response?.docs ?? []).map(({ PID }) => PID).sort() }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}
