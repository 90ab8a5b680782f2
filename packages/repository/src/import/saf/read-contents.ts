import { metadataValue } from '../../domain/metadata/metadata.ts'
import { ImportError } from '../import-error.ts'
import type { ImportFile, ImportPermission } from '../import-item.ts'
import { createMetadataBuilder } from '../metadata-builder.ts'
import { joinPath } from '../tree/file-tree.ts'
import type { FileTree } from '../tree/file-tree.ts'
import { readText } from '../tree/read-text.ts'

const LIMIT = 16 * 1024 * 1024

/** Options that become metadata of the file, as ItemImportServiceImpl has them. */
const METADATA_OPTIONS: Readonly<Record<string, string>> = {
  'iiif-label': 'iiif.label',
  'iiif-toc': 'iiif.toc',
  'iiif-width': 'iiif.image.width',
  'iiif-height': 'iiif.image.height',
}

/**
 * Reads the `contents` file of an item in the Simple Archive Format: a line a file, its name and options
 * (`bundle:`, `permissions:`, `description:`, `primary:` …) separated by tabs.
 *
 * @returns undefined when the item has no such file
 * @throws ImportError `IMPORT_ITEM_FAULTY` with the line, `IMPORT_FILE_UNREADABLE`
 */
export async function readContents(
  tree: FileTree,
  folder: string,
): Promise<readonly ImportFile[] | undefined> {
  const path = joinPath(folder, 'contents')
  const text = await readText(tree, path, LIMIT)
  if (text === undefined) return undefined
  const files: ImportFile[] = []
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === '') continue
    const refuse = (message: string): ImportError =>
      new ImportError('IMPORT_ITEM_FAULTY', message, { file: path, line: index + 1 })
    const file = await readLine(tree, folder, line, refuse)
    const fellows = files.filter((other) => other.bundle === file.bundle)
    if (fellows.some((other) => other.name === file.name)) throw refuse(`${file.name} is named twice`)
    if (file.primary && fellows.some((other) => other.primary))
      throw refuse(`${file.bundle} has two primary files`)
    files.push(file)
  }
  return files
}

async function readLine(
  tree: FileTree,
  folder: string,
  line: string,
  refuse: (message: string) => ImportError,
): Promise<ImportFile> {
  // `-r -s n -f path` registers a file that lies in a store of the server: outside of the archive.
  if (line.trim().startsWith('-r '))
    throw refuse('registered files (-r) are not imported: they lie elsewhere')
  const [name = '', ...options] = line.split('\t')
  const file = await tree.file(joinPath(folder, name)).catch((cause: unknown) => {
    throw cause instanceof ImportError ? refuse(cause.message) : cause
  })
  if (file === undefined) throw refuse(`${name} is missing`)
  return {
    name,
    mimetype: null,
    size: file.size,
    open: file.open,
    ...readOptions(name, options, refuse),
  }
}

type Options = Pick<ImportFile, 'bundle' | 'description' | 'metadata' | 'permissions' | 'primary'>

function readOptions(
  name: string,
  options: readonly string[],
  refuse: (message: string) => ImportError,
): Options {
  let bundle = name === 'license.txt' ? 'LICENSE' : 'ORIGINAL'
  let description: string | null = null
  let primary = false
  const permissions: ImportPermission[] = []
  const metadata = createMetadataBuilder()
  for (const option of options.map((part) => part.trim()).filter((part) => part !== '')) {
    const colon = option.indexOf(':')
    const key = option.slice(0, Math.max(colon, 0))
    const value = option.slice(colon + 1).trim()
    const field = Object.hasOwn(METADATA_OPTIONS, key) ? METADATA_OPTIONS[key] : undefined
    if (field !== undefined) metadata.add(field, metadataValue(value))
    else if (key === 'bundle' && value !== '') bundle = value
    else if (key === 'description') description = value === '' ? null : value
    else if (key === 'primary' && (value === 'true' || value === 'false')) primary = value === 'true'
    else if (key === 'permissions')
      permissions.push(readPermission(value) ?? throwing(refuse(`${option} is no permission`)))
    else throw refuse(`"${option}" is no option`)
  }
  return { bundle, description, primary, permissions, metadata: metadata.build() }
}

/** `-r 'Name of the group'` or `-w Name`. */
function readPermission(text: string): ImportPermission | undefined {
  const [, letter, quoted, plain] = /^-([rw])\s*(?:'([^']+)'|([^'\s].*))$/i.exec(text) ?? []
  const group = quoted ?? plain
  if (letter === undefined || group === undefined) return undefined
  return { action: letter.toLowerCase() === 'r' ? 'read' : 'write', group }
}

function throwing(error: Error): never {
  throw error
}
