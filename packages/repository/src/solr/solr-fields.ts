import { fieldType } from '../domain/search/search-fields.ts'

/** Fields of our own; no field that callers know begins with an underscore in Solr. */
export const OWN = {
  id: '_id_',
  text: '_text_',
  /** The names of the fields that a record has. */
  fields: '_fields_',
  listed: '_listed_',
  container: '_container_',
  readers: '_readers_',
  readAt: '_read_at_',
} as const

/** A field's name in Solr: what has a meaning there, or begins a name of ours, is written as `$HEX$`. */
export function solrField(name: string): string {
  return name.replaceAll(/^_|[^\w.]/gu, (letter) => `$${letter.codePointAt(0)?.toString(16) ?? ''}$`)
}

/** The field with the whole values, for facets and ranges. */
export function wholeField(name: string): string {
  return fieldType(name) === 'text' ? `_whole_.${solrField(name)}` : solrField(name)
}

/** The field with the first value, which orders records. */
export function orderField(name: string): string {
  return `_order_.${solrField(name)}`
}
