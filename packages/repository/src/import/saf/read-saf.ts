import { ImportError } from '../import-error.ts'
import { faultOf } from '../import-item.ts'
import type { ImportFault, ImportFile, ImportItem } from '../import-item.ts'
import { mapAhead } from '../map-ahead.ts'
import { createMetadataBuilder } from '../metadata-builder.ts'
import { joinPath, naturalOrder } from '../tree/file-tree.ts'
import type { FileTree } from '../tree/file-tree.ts'
import { openTree } from '../tree/open-tree.ts'
import { readContents } from './read-contents.ts'
import { readDublinCore } from './read-dublin-core.ts'
import { readCollections, readHandle } from './read-references.ts'

/**
 * Reads DSpace's Simple Archive Format: a folder an item, its metadata in `dublin_core.xml` and `metadata_PREFIX.xml`,
 * its files named in `contents`, and, as they are wanted, `handle` and `collections`. Items come one by one in natural
 * order; a faulty one comes as a fault, and reading goes on.
 *
 * The folders of the items may lie one folder deep, as many programs pack them. An item's key is the name of its
 * folder, with the folder above it where there are several of those.
 *
 * @param source path of a directory or ZIP archive
 * @throws ImportError `IMPORT_SOURCE_UNREADABLE` on the first step, when nothing can be read or no item is there
 * @example
 * for await (const found of readSaf('export.zip')) {
 *   if (found.kind === 'fault') report(found)
 *   else await createItem(found)
 * }
 */
export async function* readSaf(source: string): AsyncGenerator<ImportItem | ImportFault, void, void> {
  const tree = await openTree(source)
  const bases = (await holdsItems(tree, '')) ? [''] : await foldersWithItems(tree)
  if (bases.length === 0) {
    throw new ImportError('IMPORT_SOURCE_UNREADABLE', `${source} has no folder with a dublin_core.xml`)
  }
  for (const base of bases) {
    yield* mapAhead(naturalOrder(await tree.folders(base)), AHEAD, (name) => {
      const folder = joinPath(base, name)
      return readItem(tree, folder, bases.length === 1 ? name : folder)
    })
  }
}

/** An item's description is a handful of small files: reading several at once hides the waiting for each. */
const AHEAD = 16

async function foldersWithItems(tree: FileTree): Promise<readonly string[]> {
  const found: string[] = []
  for (const folder of naturalOrder(await tree.folders(''))) {
    if (await holdsItems(tree, folder)) found.push(folder)
  }
  return found
}

/** One good item is enough: the others may be faulty, and are told as such. */
async function holdsItems(tree: FileTree, base: string): Promise<boolean> {
  for (const name of await tree.folders(base)) {
    try {
      if ((await tree.files(joinPath(base, name))).includes('dublin_core.xml')) return true
    } catch (error) {
      if (!(error instanceof ImportError)) throw error
    }
  }
  return false
}

async function readItem(tree: FileTree, folder: string, key: string): Promise<ImportItem | ImportFault> {
  try {
    const names = await tree.files(folder)
    if (names.includes('relationships')) {
      const file = joinPath(folder, 'relationships')
      throw new ImportError('IMPORT_ITEM_FAULTY', 'relationships between items are not imported', { file })
    }
    const metadata = createMetadataBuilder()
    await readDublinCore(tree, joinPath(folder, 'dublin_core.xml'), metadata)
    for (const schema of naturalOrder(names.filter((file) => SCHEMA_FILE.test(file)))) {
      await readDublinCore(tree, joinPath(folder, schema), metadata)
    }
    return {
      kind: 'item',
      key,
      metadata: metadata.build(),
      handle: names.includes('handle') ? await readHandle(tree, folder) : null,
      collections: names.includes('collections') ? await readCollections(tree, folder) : [],
      files: (await readContents(tree, folder)) ?? withoutFiles(folder, names),
    }
  } catch (error) {
    const fault = faultOf(key, error)
    if (fault === null) throw error
    return fault
  }
}

const SCHEMA_FILE = /^metadata_.+\.xml$/

/** Without `contents`, an item is metadata alone; files that nothing names would be lost in silence. */
function withoutFiles(folder: string, names: readonly string[]): readonly ImportFile[] {
  const known = new Set(['dublin_core.xml', 'handle', 'collections'])
  const stray = names.find((name) => !known.has(name) && !SCHEMA_FILE.test(name) && !name.startsWith('.'))
  if (stray === undefined) return []
  const file = joinPath(folder, stray)
  throw new ImportError('IMPORT_ITEM_FAULTY', `there is a file ${stray}, but no contents that names it`, {
    file,
  })
}
