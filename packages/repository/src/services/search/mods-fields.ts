import { XmlText, type XmlElement } from '@rgrove/parse-xml'
import { elementsIn, qualifiedName } from '../../xml/qualified-names.ts'
import { parseStrictXml, StrictXmlError } from '../../xml/strict-xml.ts'

/** So many values of one document count; no description of one thing has more. */
const MOST_VALUES = 2000
/** Names are kept for ever by a search engine: so many different ones of one document count, of so many characters. */
const [MOST_NAMES, LONGEST_NAME] = [200, 200]
const MODS = 'http://www.loc.gov/mods/v3'

/**
 * The fields of a MODS document, by the rule of Islandora's index: the path of an element below `mods`, with its `type` behind
 * its name, all joined by underscores. `…_ms` has every value, `…_s` the first one, `…_mt` the words of all.
 *
 * @returns none for what is no MODS
 * @example modsFields('<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>Map</title></titleInfo></mods>')
 * // { mods_titleInfo_title_ms: ['Map'], mods_titleInfo_title_s: ['Map'], mods_titleInfo_title_mt: ['Map'] }
 */
export function modsFields(xml: string): Readonly<Record<string, readonly string[]>> {
  const values = new Map<string, string[]>()
  let left = MOST_VALUES
  const gather = (parent: XmlElement, path: string): void => {
    for (const element of elementsIn(parent)) {
      const { namespace, local } = qualifiedName(element)
      if (namespace !== MODS || left === 0) continue
      const type = element.attributes['type']
      const name = [path, local, ...(type === undefined ? [] : [type])].join('_')
      const text = textOf(element)
      const isKnown = values.has(name) || (values.size < MOST_NAMES && name.length <= LONGEST_NAME)
      if (text !== '' && isKnown) {
        left -= 1
        values.set(name, [...(values.get(name) ?? []), text])
      }
      gather(element, name)
    }
  }
  for (const record of modsIn(xml)) gather(record, 'mods')
  return Object.fromEntries(
    Array.from(values).flatMap(([name, all]) => [
      [`${name}_ms`, all],
      [`${name}_s`, all.slice(0, 1)],
      [`${name}_mt`, all],
    ]),
  )
}

/** The record, or those of a collection of them. */
function modsIn(xml: string): readonly XmlElement[] {
  try {
    const root = parseStrictXml(xml)
    const { namespace, local } = qualifiedName(root)
    if (namespace !== MODS) return []
    return local === 'modsCollection' ? elementsIn(root) : [root]
  } catch (error) {
    if (error instanceof StrictXmlError) return []
    throw error
  }
}

/** What stands directly within an element. */
function textOf(element: XmlElement): string {
  return element.children
    .map((node) => (node instanceof XmlText ? node.text : ''))
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
