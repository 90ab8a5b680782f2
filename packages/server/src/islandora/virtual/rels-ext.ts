import { uriOfPid, type SeenObject } from '@hexapla/repository'
import { aliasOf, isKnown } from '../relationships/namespaces.ts'
import { append, newDocument, serialize } from './write-xml.ts'

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'

/** An object's relationships as RDF/XML: one description of the object, a property for each. */
export function relsExt({ record, triples }: Pick<SeenObject, 'record' | 'triples'>): string {
  const { document, root } = newDocument(RDF, 'rdf:RDF', prefixesOf(triples))
  const description = append(root, RDF, 'rdf:Description')
  description.setAttributeNS(RDF, 'rdf:about', uriOfPid(record.pid))
  for (const { namespace, predicate, object, literal, datatype, language } of triples) {
    const property = append(
      description,
      namespace,
      `${aliasOf(namespace)}:${predicate}`,
      literal ? object : '',
    )
    if (!literal) property.setAttributeNS(RDF, 'rdf:resource', object)
    if (datatype !== null) property.setAttributeNS(RDF, 'rdf:datatype', datatype)
    if (language !== null) property.setAttribute('xml:lang', language)
  }
  return serialize(document)
}

/** Of the namespaces that have names of their own. */
function prefixesOf(triples: SeenObject['triples']): ReadonlyMap<string, string> {
  const named = triples.filter(({ namespace }) => namespace !== RDF && isKnown(namespace))
  return new Map(named.map(({ namespace }) => [aliasOf(namespace), namespace]))
}
