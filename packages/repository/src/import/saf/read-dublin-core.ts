import { XmlElement, XmlText as XmlCharacters } from '@rgrove/parse-xml'
import { metadataValue } from '../../domain/metadata/metadata.ts'
import { ImportError } from '../import-error.ts'
import type { MetadataBuilder } from '../metadata-builder.ts'
import type { FileTree } from '../tree/file-tree.ts'
import { readXml } from './read-xml.ts'

/**
 * Reads a `dublin_core.xml` or `metadata_PREFIX.xml` of the Simple Archive Format and adds its values.
 *
 * Values are trimmed and empty ones left out; the schema is `dc` where the root does not name another one, and the
 * qualifiers `none` and `""` mean that there is none: as DSpace's ItemImportServiceImpl does it.
 *
 * @throws ImportError `IMPORT_ITEM_FAULTY` with the line, `IMPORT_FILE_UNREADABLE`
 */
export async function readDublinCore(tree: FileTree, path: string, metadata: MetadataBuilder): Promise<void> {
  const xml = await readXml(tree, path)
  const refuse = (message: string, element?: XmlElement): ImportError => {
    const line = element === undefined || xml === undefined ? {} : { line: xml.lineOf(element) }
    return new ImportError('IMPORT_ITEM_FAULTY', message, { file: path, ...line })
  }
  if (xml === undefined) throw refuse(`${path} is missing`)
  const { root } = xml
  if (root.name !== 'dublin_core') throw refuse(`the root must be dublin_core, not ${root.name}`, root)
  const schema = root.attributes['schema']?.trim() ?? 'dc'
  if (schema === 'relation') throw refuse('relationships between items are not imported', root)
  for (const node of root.children) {
    if (node instanceof XmlCharacters && node.text.trim() !== '')
      throw refuse('there is text outside of dcvalue', root)
    if (!(node instanceof XmlElement)) continue
    if (node.name !== 'dcvalue') throw refuse(`${node.name} is unknown, only dcvalue can be here`, node)
    if (node.children.some((child) => child instanceof XmlElement))
      throw refuse('a dcvalue holds text alone', node)
    const parts = [schema, attribute(node, 'element'), qualifierOf(node)].filter((part) => part !== null)
    if (parts.length < 2 || !parts.every(isNamePart))
      throw refuse('schema, element or qualifier is no name', node)
    const value = node.text.trim()
    if (value !== '') metadata.add(parts.join('.'), metadataValue(value, attribute(node, 'language')))
  }
}

function qualifierOf(element: XmlElement): string | null {
  const qualifier = attribute(element, 'qualifier')
  return qualifier === 'none' ? null : qualifier
}

/** Null where the attribute is absent or blank. */
function attribute(element: XmlElement, name: string): string | null {
  const value = element.attributes[name]?.trim() ?? ''
  return value === '' ? null : value
}

/** Names in the registry have no dots: one here would name another field than it says. */
function isNamePart(part: string): boolean {
  return /^[\w-]+$/.test(part)
}
