import { RestHandler, RestServer } from '@hexapla/rest'

/** Services that answer like arXiv, Crossref and ORCID, in one process. */
export interface ExternalServices {
  readonly url: string
  /** Paths and queries of every request, in order. */
  readonly asked: string[]
  /** What the next request is answered instead. */
  readonly faults: { readonly status: number; readonly body?: string }[]
  /** Settings of a server that asks these. */
  readonly settings: Readonly<Record<string, string>>
  stop(): Promise<void>
}

/** A work as `api.crossref.org/works/DOI` has it, shortened. */
export const WORK = {
  DOI: '10.5555/12345678',
  URL: 'https://doi.org/10.5555/12345678',
  title: ['Toward a Unified Theory of High-Energy Metaphysics: Silly String Theory'],
  author: [
    {
      given: 'Josiah',
      family: 'Carberry',
      sequence: 'first',
      ORCID: 'https://orcid.org/0000-0002-1825-0097',
    },
    { name: 'The Metaphysics Group', sequence: 'additional' },
  ],
  'container-title': ['Journal of Psychoceramics'],
  ISSN: ['0264-3561'],
  issued: { 'date-parts': [[2008, 8, 13]] },
  abstract: '<jats:p>The characteristic theme of the works of Stone is the bridge &amp; culture.</jats:p>',
  page: '1-3',
  volume: '5',
  issue: '11',
  publisher: 'Crossref',
  type: 'journal-article',
  language: 'en',
}

/** A feed as `export.arxiv.org/api/query` has it, shortened. */
export const FEED = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">2</opensearch:totalResults>
  <entry>
    <id>http://arxiv.org/abs/hep-ex/0307015v1</id>
    <published>2003-07-07T13:46:39-04:00</published>
    <title>Multi-Electron Production at High
 Transverse Momenta</title>
    <summary>  Multi-electron production is studied. </summary>
    <author><name>H1 Collaboration</name></author>
    <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1140/epjc/s2003-01326-x</arxiv:doi>
    <category term="hep-ex" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
  <entry><id>http://arxiv.org/api/errors#incorrect_id_format</id><title>Error</title></entry>
</feed>`

const PERSON = {
  name: {
    'given-names': { value: 'Josiah' },
    'family-name': { value: 'Carberry' },
    path: '0000-0002-1825-0097',
  },
}

const FOUND = {
  'expanded-result': [
    { 'orcid-id': '0000-0002-1825-0097', 'given-names': 'Josiah', 'family-names': 'Carberry' },
    { 'orcid-id': '0000-0001-5109-3700', 'given-names': 'Laure', 'family-names': null },
  ],
  'num-found': 41,
}

class ServiceHandler extends RestHandler<ExternalServices> {
  override get(): unknown {
    const { asked, faults } = this.deps
    asked.push(this.request.url)
    const fault = faults.shift()
    if (fault !== undefined) {
      this.response.status(fault.status)
      return fault.body ?? 'fault'
    }
    const { path, query } = this.request
    if (path === '/arxiv') return this.#feed()
    if (path === '/crossref/works') return { message: { 'total-results': 1234, items: [WORK] } }
    if (path === `/crossref/works/${encodeURIComponent(WORK.DOI)}`) return { message: WORK }
    if (path === '/orcid/expanded-search/')
      return query.get('q') === 'nobody' ? { 'expanded-result': null, 'num-found': 0 } : FOUND
    if (path === '/orcid/0000-0002-1825-0097/person') return PERSON
    this.response.status(404)
    return 'Resource not found.'
  }

  #feed(): string {
    this.response.type('application/atom+xml')
    return FEED
  }
}

/** Starts the services. */
export async function startServices(): Promise<ExternalServices> {
  const server = new RestServer({ logger: false })
  const services = { url: '', asked: [], faults: [], settings: {}, stop: () => server.stop() }
  server.addRoute('/*', ServiceHandler, { deps: services })
  const { url } = await server.startup({ address: '127.0.0.1', port: 0 })
  return Object.assign(services, {
    url,
    settings: {
      HEXAPLA_EXTERNAL_SOURCES: 'orcid, arxiv, crossref',
      HEXAPLA_ARXIV_URL: `${url}/arxiv`,
      HEXAPLA_CROSSREF_URL: `${url}/crossref`,
      HEXAPLA_ORCID_URL: `${url}/orcid`,
    },
  })
}
