import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Contents of the files of items in the Simple Archive Format, by their paths. */
export type SafFiles = Readonly<Record<string, string>>

/** One item with a file of its own. */
export function safItem(name: string, title: string, more: SafFiles = {}): SafFiles {
  const files = {
    'dublin_core.xml': `<dublin_core schema="dc"><dcvalue element="title">${title}</dcvalue></dublin_core>`,
    contents: 'data.txt\tbundle:ORIGINAL\n',
    'data.txt': `data of ${title}`,
    ...more,
  }
  return Object.fromEntries(Object.entries(files).map(([file, content]) => [`${name}/${file}`, content]))
}

/** Several items. */
export function safItems(count: number): SafFiles {
  const all = Array.from({ length: count }, (_, index) => safItem(`item_${index + 1}`, `Item ${index + 1}`))
  return Object.assign({}, ...all) as SafFiles
}

/** Writes files below a directory. */
export async function writeFiles(directory: string, files: SafFiles): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), content)
  }
}
