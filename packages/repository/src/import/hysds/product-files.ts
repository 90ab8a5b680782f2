import type { ImportFile } from '../import-item.ts'
import { joinPath, naturalOrder, type FileTree } from '../tree/file-tree.ts'

/** Deeper than any product. */
const DEEPEST = 16

/** The files of a product, in folders too; browse images and descriptions are in bundles of their own. */
export async function productFiles(
  tree: FileTree,
  folder: string,
  id: string,
): Promise<readonly ImportFile[]> {
  const names = await namesWithin(tree, folder, '', 0)
  const files: ImportFile[] = []
  for (const name of names) {
    const file = await tree.file(joinPath(folder, name))
    if (file === undefined) continue
    files.push({
      name,
      bundle: bundleOf(name, id),
      description: null,
      mimetype: null,
      metadata: {},
      permissions: [],
      primary: false,
      size: file.size,
      open: file.open,
    })
  }
  return files
}

async function namesWithin(
  tree: FileTree,
  folder: string,
  within: string,
  depth: number,
): Promise<readonly string[]> {
  const here = within === '' ? folder : joinPath(folder, within)
  const names = naturalOrder(await tree.files(here)).filter((name) => !name.startsWith('.'))
  const found = names.map((name) => joinPath(within, name))
  if (depth === DEEPEST) return found
  for (const name of naturalOrder(await tree.folders(here))) {
    found.push(...(await namesWithin(tree, folder, joinPath(within, name), depth + 1)))
  }
  return found
}

function bundleOf(name: string, id: string): string {
  if (name === `${id}.dataset.json` || name === `${id}.met.json`) return 'METADATA'
  if (!/browse[^/]*\.(?:png|jpe?g|gif|webp)$/i.test(name)) return 'ORIGINAL'
  return /_small\.[^.]*$/.test(name) ? 'THUMBNAIL' : 'BRANDED_PREVIEW'
}
