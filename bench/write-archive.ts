import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Writes a Simple Archive of items with a small file each, no two of them the same. */
export async function writeArchive(directory: string, items: number): Promise<void> {
  for (let index = 0; index < items; index++) {
    const item = join(directory, `item_${index}`)
    await mkdir(item, { recursive: true })
    await writeFile(join(item, 'dublin_core.xml'), dublinCore(index))
    await writeFile(join(item, 'contents'), 'data.csv\tbundle:ORIGINAL\tdescription:Heights\n')
    await writeFile(join(item, 'data.csv'), smallFile(index))
  }
}

/** A kilobyte or two. */
export function smallFile(index: number): string {
  return `station,height\n${`${index},1.25\n`.repeat(200)}`
}

function dublinCore(index: number): string {
  const values = [
    ['title', 'none', `Observations of the tide at station ${index}`],
    ['contributor', 'author', 'Shepherd, Kim'],
    ['contributor', 'author', `Observer, No. ${index}`],
    ['date', 'issued', '2026-11-22'],
    ['description', 'abstract', 'The tide was observed hourly for a year. '.repeat(10)],
    ['subject', 'none', 'tides'],
    ['subject', 'none', 'oceanography'],
    ['type', 'none', 'Dataset'],
  ]
  const lines = values.map(
    ([element, qualifier, value]) =>
      `  <dcvalue element="${element}" qualifier="${qualifier}">${value}</dcvalue>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>\n<dublin_core schema="dc">\n${lines.join('\n')}\n</dublin_core>\n`
}
