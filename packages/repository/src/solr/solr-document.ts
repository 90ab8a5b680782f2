import type { IndexEntry } from '../domain/search/search-engine.ts'
import { fieldType } from '../domain/search/search-fields.ts'
import { orderField, OWN, solrField, wholeField } from './solr-fields.ts'

/** A Lucene term has 32,766 bytes at most; a character of a JavaScript string has three. */
const LONGEST = 10_000

/** An entry as a document of the schema in `solr/conf`. */
export function solrDocument(entry: IndexEntry): Readonly<Record<string, unknown>> {
  const document: Record<string, unknown> = {
    [OWN.id]: entry.id,
    [OWN.text]: entry.text,
    [OWN.fields]: Object.keys(entry.fields),
    [OWN.listed]: String(entry.listed),
    [OWN.container]: entry.containerId,
    [OWN.readers]: entry.readers,
    [OWN.readAt]: entry.readAt,
  }
  for (const [name, values] of Object.entries(entry.fields)) {
    const whole = values.map((value) => value.slice(0, LONGEST))
    document[wholeField(name)] = whole
    document[orderField(name)] = whole[0] ?? null
    if (fieldType(name) === 'text') document[solrField(name)] = values
  }
  return document
}
