import type { RestRequest } from '@hexapla/rest'

/** What a search is about, by the names that Solr has for it. */
export interface SolrParameters {
  /** Every parameter with its values, `q` among them. */
  readonly values: ReadonlyMap<string, readonly string[]>
  /** All values of a parameter that are not blank. */
  readonly all: (name: string) => readonly string[]
  /** The first of them. */
  readonly first: (name: string) => string | undefined
  /** The names in a list that commas and blanks part. */
  readonly names: (name: string) => readonly string[]
  /** Whether something is switched on. */
  readonly isOn: (name: string) => boolean
}

/** The parameters of a request, among which `q` is the query in its path. */
export function solrParameters({ path, query }: Pick<RestRequest, 'path' | 'query'>): SolrParameters {
  const values = new Map<string, string[]>()
  for (const [key, value] of query) {
    // PHP's clients repeat a parameter as `fq[]` or `fq[0]`.
    const name = key.replace(/\[\w*\]$/, '')
    values.set(name, [...(values.get(name) ?? []), value])
  }
  values.set('q', [queryInPath(path)])
  const all = (name: string) => (values.get(name) ?? []).filter((value) => value.trim() !== '')
  return {
    values,
    all,
    first: (name) => all(name)[0],
    names: (name) => all(name).flatMap((list) => list.split(/[\s,]+/).filter((one) => one !== '')),
    isOn: (name) => /^(?:true|on|yes|1)$/i.test(all(name)[0] ?? ''),
  }
}

/** What `/islandora/rest/v1/solr/` has before its last slash. */
const PARTS_BEFORE = 5

/** All that follows, with its slashes; Islandora's scripts write them as `~slsh~`, too. */
function queryInPath(path: string): string {
  const query = path.split('/').slice(PARTS_BEFORE).join('/')
  return decodeURIComponent(query.replaceAll('+', ' ')).replaceAll('~slsh~', '/')
}
