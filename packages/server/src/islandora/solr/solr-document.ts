import type { RecordQueryAnswer } from '@hexapla/repository'
import { facetDocument } from './facet-document.ts'
import type { SolrParameters } from './solr-parameters.ts'

type Fields = Readonly<Record<string, readonly string[]>>

/**
 * What was found, in Solr's JSON form.
 *
 * @param milliseconds how long it took
 */
export function solrDocument(parameters: SolrParameters, found: RecordQueryAnswer, milliseconds: number) {
  const { isOn } = parameters
  const tellsScore = parameters.names('fl').includes('score')
  return {
    ...(!isOn('omitHeader') && {
      responseHeader: { status: 0, QTime: milliseconds, params: echoOf(parameters) },
    }),
    response: {
      numFound: found.total,
      start: Number(parameters.first('start') ?? 0),
      docs: found.records.map(({ fields, score }) => ({
        ...documentOf(fields),
        ...(tellsScore && { score }),
      })),
    },
    ...(isOn('facet') && { facet_counts: facetDocument(parameters, found.facets) }),
    ...(isOn('hl') && { highlighting: highlighting(found) }),
    ...(found.nextMark !== undefined && { nextCursorMark: found.nextMark }),
  }
}

function echoOf({ values }: SolrParameters) {
  return Object.fromEntries(Array.from(values, ([name, all]) => [name, all.length === 1 ? all[0] : all]))
}

/** The object's own properties have one value at most; metadata and relationships may have more. */
const SINGLE = /^(?:PID|fgs_.*)$/

function documentOf(fields: Fields) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, values]) => [name, SINGLE.test(name) ? values[0] : values]),
  )
}

function highlighting({ records, highlights }: RecordQueryAnswer) {
  return Object.fromEntries(
    records.map(({ fields, id }, index) => [fields['PID']?.[0] ?? id, highlights[index] ?? {}]),
  )
}
