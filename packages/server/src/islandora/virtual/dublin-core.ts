import { dublinCoreOf, type SeenObject } from '@hexapla/repository'
import { append, newDocument, serialize } from './write-xml.ts'

/** The namespace of oai_dc. */
export const OAI_DC = 'http://www.openarchives.org/OAI/2.0/oai_dc/'
/** The namespace of the fifteen elements. */
export const DC = 'http://purl.org/dc/elements/1.1/'

/** An object's metadata as simple Dublin Core in XML. */
export function dublinCore({ record }: Pick<SeenObject, 'record'>): string {
  const { document, root } = newDocument(OAI_DC, 'oai_dc:dc', new Map([['dc', DC]]))
  for (const { element, value } of dublinCoreOf(record)) append(root, DC, `dc:${element}`, value)
  return serialize(document)
}
