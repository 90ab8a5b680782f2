import type { IslandoraSession, SolrDocument } from '@hexapla/client'
import { usageError } from '../../command-error.ts'
import { createTable } from '../../terminal/table.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { withSite } from './with-site.ts'

/** Options of `hexapla islandora search`. */
export interface SearchOptions {
  /** Fields, parted by commas. */
  readonly fl: string
  readonly fq?: readonly string[]
  readonly sort?: string
  readonly start?: number
  readonly rows?: number
  readonly all?: boolean
}

/** Prints what a query finds: a page of it, or all. */
export function search(terminal: Terminal, query: string, options: SearchOptions): Promise<void> {
  if (options.all === true && (options.start !== undefined || options.rows !== undefined)) {
    throw usageError('--all takes neither --start nor --rows')
  }
  const fields = options.fl.split(/[\s,]+/).filter((field) => field !== '')
  if (fields.some((field) => field.includes('*')) && !terminal.json) {
    throw usageError('A table needs the names of its fields: give them, or --json')
  }
  return withSite(async (session) => {
    const table = createTable(terminal, fields)
    const print = (found: SolrDocument): void => {
      if (terminal.json) terminal.print(JSON.stringify(found))
      else table.add(fields.map((field) => cellOf(found[field])))
    }
    const told = options.all === true ? printAll : printPage
    const remark = await told(session, query, { options, fields, print })
    table.end()
    if (!terminal.json) terminal.note(remark)
  })
}

interface Printing {
  readonly options: SearchOptions
  readonly fields: readonly string[]
  readonly print: (found: SolrDocument) => void
}

async function printAll(
  session: IslandoraSession,
  query: string,
  { options, fields, print }: Printing,
): Promise<string> {
  let count = 0
  for await (const found of session.solrAll(query, { ...narrowed(options), fl: fields })) {
    print(found)
    count += 1
  }
  return `${count} found`
}

async function printPage(
  session: IslandoraSession,
  query: string,
  { options, fields, print }: Printing,
): Promise<string> {
  const { start, rows } = options
  const { response } = await session.solr(query, {
    ...narrowed(options),
    fl: fields,
    ...(start !== undefined && { start }),
    ...(rows !== undefined && { rows }),
  })
  for (const found of response.docs) print(found)
  const end = response.start + response.docs.length
  return end < response.numFound
    ? `${response.docs.length} of ${response.numFound} found: go on with --start ${end}, or take --all`
    : `${response.numFound} found`
}

function narrowed({ fq, sort }: SearchOptions) {
  return { ...(fq && { fq }), ...(sort !== undefined && { sort }) }
}

function cellOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(cellOf).join(', ')
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
