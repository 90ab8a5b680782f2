import { pidOfUri, type Triple } from '@hexapla/repository'
import { aliasOf } from './namespaces.ts'

/** A relationship (document 004, "List Existing Relationships"). The types of literals are told in RELS-EXT. */
export function relationshipDocument({ namespace, predicate, object, literal }: Triple) {
  return {
    predicate: { value: predicate, alias: aliasOf(namespace), namespace },
    object: { literal, value: literal ? object : (pidOfUri(object) ?? object) },
  }
}
