import { DC_ELEMENTS, elementsIn, qualifiedName, type GivenValue } from '@hexapla/repository'
import { DC, OAI_DC } from './dublin-core.ts'
import { malformedXml, type XmlDocument, type XmlElement } from './read-xml.ts'

/**
 * Reads simple Dublin Core (the schema oai_dc.xsd): what `dublinCore` writes.
 *
 * @throws HttpError 400 `malformed-xml`
 */
export function readDublinCore({ root }: XmlDocument): readonly GivenValue[] {
  const { namespace, local } = qualifiedName(root)
  if (namespace !== OAI_DC || local !== 'dc') throw malformedXml(`is not oai_dc, but ${root.name}`)
  return elementsIn(root).map(readValue)
}

function readValue(node: XmlElement): GivenValue {
  const { namespace, local } = qualifiedName(node)
  const element = namespace === DC ? DC_ELEMENTS.find((one) => one === local) : undefined
  if (element === undefined) throw malformedXml(`has ${node.name}, which is no element of Dublin Core`)
  if (elementsIn(node).length > 0) throw malformedXml(`has elements in ${node.name}, which holds text alone`)
  const language = node.attributes['xml:lang']?.trim() ?? ''
  return { element, value: node.text.trim(), language: language === '' ? null : language }
}
