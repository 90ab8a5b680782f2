import type { RecordQueryAnswer } from '@hexapla/repository'
import { invalidField } from '../http/fields.ts'
import type { SolrParameters } from './solr-parameters.ts'

type Counts = RecordQueryAnswer['facets']['fields'][number]['values']

/**
 * The forms that Solr has for values and their counts (Solr Reference Guide, "Response Writers", `json.nl`). Islandora asks
 * for `map` where nobody says otherwise, and so the guide of islandora7-rest has it.
 */
const FORMS: Readonly<Record<string, (counts: Counts) => unknown>> = {
  flat: (counts) => counts.flatMap(({ value, count }) => [value, count]),
  map: (counts) => Object.fromEntries(counts.map(({ value, count }) => [value, count])),
  arrarr: (counts) => counts.map(({ value, count }) => [value, count]),
  arrmap: (counts) => counts.map(({ value, count }) => ({ [value]: count })),
  arrntv: (counts) => counts.map(({ value, count }) => ({ name: value, type: 'int', value: count })),
}

/** `facet_counts` of an answer. */
export function facetDocument(parameters: SolrParameters, { queries, fields }: RecordQueryAnswer['facets']) {
  const form = formOf(parameters)
  return {
    facet_queries: Object.fromEntries(
      parameters.all('facet.query').map((query, index) => [query, queries[index]]),
    ),
    facet_fields: Object.fromEntries(fields.map(({ field, values }) => [field, form(values)])),
    facet_dates: {},
    facet_ranges: {},
  }
}

function formOf({ first }: SolrParameters): (counts: Counts) => unknown {
  const name = first('json.nl') ?? 'map'
  const form = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined
  if (form === undefined) {
    throw invalidField('json.nl', `must be one of ${Object.keys(FORMS).join(', ')}`)
  }
  return form
}
