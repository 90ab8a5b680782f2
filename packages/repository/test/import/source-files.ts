import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import type { ImportFault, ImportFile, ImportItem } from '../../src/import/import-item.ts'

/** Contents of files by their paths. */
export type SourceFiles = Readonly<Record<string, string | Buffer>>

/** A directory that is removed at the end of the test. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'hexapla-import-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  return directory
}

/** Writes files into a new directory and returns its path. */
export async function writeSource(files: SourceFiles): Promise<string> {
  const directory = await temporaryDirectory()
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), content)
  }
  return directory
}

/** Everything that a reader yields. */
export async function readAll(
  found: AsyncIterable<ImportItem | ImportFault>,
): Promise<{ items: ImportItem[]; faults: ImportFault[]; keys: string[] }> {
  const all: (ImportItem | ImportFault)[] = []
  for await (const one of found) all.push(one)
  return {
    items: all.filter((one) => one.kind === 'item'),
    faults: all.filter((one) => one.kind === 'fault'),
    keys: all.map((one) => one.key),
  }
}

/** The whole content of a file. */
export async function contentOf(file: ImportFile | undefined): Promise<Buffer> {
  if (file === undefined) throw new Error('there is no such file')
  return buffer(await file.open())
}
