import { RestHandler, RestServer } from '@hexapla/rest'

/** A record as the provider has it. */
export interface ProvidedRecord {
  readonly id: string
  readonly datestamp: string
  readonly sets?: readonly string[]
  readonly deleted?: boolean
  /** What stands in `metadata`, by the prefix of its format. */
  readonly metadata?: Readonly<Record<string, string>>
}

/** What the provider does once in place of its work. */
export interface ProviderFault {
  /** Of which request; without it, of the next. */
  readonly verb?: string
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A small OAI-PMH 2.0 provider. */
export interface OaiProvider {
  readonly url: string
  /** `host:port` */
  readonly host: string
  /** What is provided; tests change it. */
  readonly records: Map<string, ProvidedRecord>
  /** Files at `/files/NAME`. */
  readonly files: Map<string, string>
  /** Faults for the next requests, one each. */
  readonly faults: ProviderFault[]
  /** The arguments of every request, in order. */
  readonly asked: Record<string, string>[]
  /** How many records a page has. */
  pageSize: number
  granularity: 'YYYY-MM-DD' | 'YYYY-MM-DDThh:mm:ssZ'
  /** Whether the next resumption token is refused. */
  forgets: boolean
  /** What the provider says of the time. */
  responseDate: string
  stop(): Promise<void>
}

const FORMATS: Readonly<Record<string, string>> = {
  oai_dc: 'http://www.openarchives.org/OAI/2.0/oai_dc/',
  qdc: 'http://purl.org/dc/terms/',
  xdim: 'http://www.dspace.org/xmlns/dspace/dim',
  ore: 'http://www.w3.org/2005/Atom',
}

class ProviderHandler extends RestHandler<OaiProvider> {
  override get(): string | undefined {
    const words = Object.fromEntries(this.request.query)
    this.deps.asked.push(words)
    const { faults } = this.deps
    const [fault] = faults
    if (fault !== undefined && (fault.verb ?? words['verb']) === words['verb']) {
      faults.shift()
      for (const [name, value] of Object.entries(fault.headers ?? {})) this.response.header(name, value)
      this.response.status(fault.status ?? 200).type('text/xml')
      return fault.body ?? 'busy'
    }
    this.response.type('text/xml; charset=utf-8')
    return `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>${this.deps.responseDate}</responseDate>
<request>${this.deps.url}</request>${answer(this.deps, words)}</OAI-PMH>`
  }
}

class FileHandler extends RestHandler<OaiProvider> {
  override get(): string | undefined {
    const content = this.deps.files.get(this.request.param('name'))
    if (content?.startsWith('redirect:') === true) {
      this.response.status(302).header('Location', content.slice('redirect:'.length))
      return undefined
    }
    if (content === undefined) this.response.status(404)
    return content ?? 'none'
  }
}

/** Starts a provider without records. */
export async function startOaiProvider(): Promise<OaiProvider> {
  const server = new RestServer({ logger: false })
  const provider = {
    url: '',
    host: '',
    records: new Map<string, ProvidedRecord>(),
    files: new Map<string, string>(),
    faults: [],
    asked: [],
    pageSize: 100,
    granularity: 'YYYY-MM-DDThh:mm:ssZ' as const,
    forgets: false,
    responseDate: '2026-11-22T10:00:00Z',
    stop: () => server.stop(),
  }
  server.addRoute('/oai', ProviderHandler, { deps: provider })
  server.addRoute('/files/:name', FileHandler, { deps: provider })
  const { url } = await server.startup({ address: '127.0.0.1', port: 0 })
  return Object.assign(provider, { url: `${url}/oai`, host: new URL(url).host })
}

/** A record with plain Dublin Core. */
export function dcRecord(id: string, title: string, more: Partial<ProvidedRecord> = {}): ProvidedRecord {
  return {
    id,
    datestamp: '2026-11-20T00:00:00Z',
    sets: ['papers'],
    metadata: { oai_dc: oaiDc(`<dc:title>${title}</dc:title><dc:creator>Ada</dc:creator>`) },
    ...more,
  }
}

/** A document of `oai_dc` around some elements. */
export function oaiDc(elements: string): string {
  return `<oai_dc:dc xmlns:oai_dc="${FORMATS['oai_dc']}" xmlns:dc="http://purl.org/dc/elements/1.1/">${elements}</oai_dc:dc>`
}

function answer(provider: OaiProvider, words: Readonly<Record<string, string>>): string {
  switch (words['verb']) {
    case 'Identify':
      return `<Identify><repositoryName>Test</repositoryName><granularity>${provider.granularity}</granularity></Identify>`
    case 'ListMetadataFormats':
      return `<ListMetadataFormats>${Object.entries(FORMATS)
        .map(
          ([prefix, namespace]) =>
            `<metadataFormat><metadataPrefix>${prefix}</metadataPrefix><metadataNamespace>${namespace}</metadataNamespace></metadataFormat>`,
        )
        .join('')}</ListMetadataFormats>`
    case 'ListSets':
      return words['resumptionToken'] === undefined
        ? '<ListSets><set><setSpec>papers</setSpec></set><resumptionToken>more</resumptionToken></ListSets>'
        : '<ListSets><set><setSpec>theses</setSpec></set><resumptionToken/></ListSets>'
    case 'ListRecords':
      return listRecords(provider, words)
    case 'GetRecord': {
      const record = provider.records.get(words['identifier'] ?? '')
      if (record === undefined) return '<error code="idDoesNotExist"/>'
      return `<GetRecord>${recordXml(record, words['metadataPrefix'] ?? '')}</GetRecord>`
    }
    default:
      return '<error code="badVerb">what?</error>'
  }
}

function listRecords(provider: OaiProvider, words: Readonly<Record<string, string>>): string {
  const token = words['resumptionToken']
  const given = token === undefined ? words : readToken(token)
  if (given === undefined || (token !== undefined && provider.forgets)) {
    provider.forgets = false
    return '<error code="badResumptionToken">expired</error>'
  }
  const { set, from = '', metadataPrefix = '' } = given
  const found = [...provider.records.values()].filter(
    ({ sets = [], datestamp }) => (set === undefined || sets.includes(set)) && datestamp >= from,
  )
  if (found.length === 0) return '<error code="noRecordsMatch"/>'
  const start = Number(given['start'] ?? 0)
  const end = start + provider.pageSize
  const next =
    end < found.length
      ? `<resumptionToken completeListSize="${found.length}">${writeToken({ ...given, start: String(end) })}</resumptionToken>`
      : start > 0
        ? '<resumptionToken/>'
        : ''
  const page = found.slice(start, end).map((record) => recordXml(record, metadataPrefix))
  return `<ListRecords>${page.join('\n')}${next}</ListRecords>`
}

function recordXml({ id, datestamp, deleted, metadata = {} }: ProvidedRecord, prefix: string): string {
  const status = deleted === true ? ' status="deleted"' : ''
  const header = `<header${status}><identifier>${id}</identifier><datestamp>${datestamp}</datestamp></header>`
  const body = deleted === true ? '' : `<metadata>${metadata[prefix] ?? ''}</metadata>`
  return `<record>${header}${body}</record>`
}

function writeToken(words: Readonly<Record<string, string>>): string {
  return Buffer.from(JSON.stringify(words)).toString('base64url')
}

function readToken(token: string): Record<string, string> | undefined {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString()) as Record<string, string>
  } catch {
    return undefined
  }
}
