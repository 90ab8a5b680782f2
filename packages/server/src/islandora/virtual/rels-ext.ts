import type { SeenObject } from '@hexapla/repository'
import { aliasOf } from '../relationships/relationship-document.ts'
import { append, newDocument, serialize } from './write-xml.ts'

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const URI = 'info:fedora/'

/** An object's relationships as RDF/XML: one description of the object, a property for each. */
export function relsExt({ record, triples }: Pick<SeenObject, 'record' | 'triples'>): string {
  const { document, root } = newDocument(RDF, 'rdf:RDF')
  const description = append(root, RDF, 'rdf:Description')
  description.setAttributeNS(RDF, 'rdf:about', URI + record.pid)
  for (const { namespace, predicate, object } of triples) {
    const property = append(description, namespace, `${aliasOf(namespace)}:${predicate}`)
    property.setAttributeNS(RDF, 'rdf:resource', URI + object)
  }
  return serialize(document)
}
