import type { RecordQueryInput } from '@hexapla/repository'
import { invalidField } from '../http/fields.ts'
import type { SolrParameters } from './solr-parameters.ts'

/** As many as Islandora's Solr module shows. */
const ROWS = 20

/** A search in the words of the repository. What is no number is left to the use case to refuse. */
export function recordQuery(parameters: SolrParameters): RecordQueryInput {
  const { all, first, names, isOn } = parameters
  const [start, sort, cursorMark] = [numberOf(parameters, 'start'), first('sort'), first('cursorMark')]
  const [fields, defaultField] = [names('fl'), first('df')]
  return {
    q: first('q') ?? '',
    fq: all('fq'),
    operator: first('q.op')?.toUpperCase() === 'AND' ? 'AND' : 'OR',
    rows: numberOf(parameters, 'rows') ?? ROWS,
    ...(defaultField !== undefined && { defaultField }),
    ...(start !== undefined && { start }),
    ...(sort !== undefined && { sort }),
    ...(cursorMark !== undefined && { cursorMark }),
    // Highlights are told by pid.
    ...(fields.length > 0 && { fields: isOn('hl') ? [...fields, 'PID'] : fields }),
    ...(isOn('facet') && { facets: facetsOf(parameters) }),
    ...(isOn('hl') && { highlight: highlightOf(parameters) }),
  }
}

function facetsOf(parameters: SolrParameters): NonNullable<RecordQueryInput['facets']> {
  const { all, first } = parameters
  const limit = numberOf(parameters, 'facet.limit')
  const minimumCount = numberOf(parameters, 'facet.mincount')
  const offset = numberOf(parameters, 'facet.offset')
  const [sort, prefix] = [facetSort(first('facet.sort')), first('facet.prefix')]
  return {
    queries: all('facet.query'),
    fields: all('facet.field'),
    ...(limit !== undefined && { limit }),
    ...(minimumCount !== undefined && { minimumCount }),
    ...(offset !== undefined && { offset }),
    ...(sort !== undefined && { sort }),
    ...(prefix !== undefined && { prefix }),
  }
}

/** `true` and `false` are what older versions of Solr had for them. */
function facetSort(text: string | undefined): 'count' | 'index' | undefined {
  if (text === undefined) return undefined
  if (text === 'count' || text === 'true') return 'count'
  if (text === 'index' || text === 'lex' || text === 'false') return 'index'
  throw invalidField('facet.sort', 'must be count or index')
}

function highlightOf({ first, names }: SolrParameters): NonNullable<RecordQueryInput['highlight']> {
  const [fields, before, after] = [names('hl.fl'), first('hl.simple.pre'), first('hl.simple.post')]
  return {
    fields: fields.length > 0 ? fields : ['*'],
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  }
}

function numberOf({ first }: SolrParameters, name: string): number | undefined {
  const text = first(name)
  return text === undefined ? undefined : Number(text)
}
