import {
  readDataPackage,
  readGeojson,
  readHysds,
  readSaf,
  SYSTEM_ACTOR,
  type Actor,
  type ImportFault,
  type ImportItem,
  type ImportRow,
  type MapFile,
  type Repository,
} from '@hexapla/repository'
import { CommandError, usageError } from '../command-error.ts'
import { EXIT } from '../exit-code.ts'
import { interruptible } from '../interruption.ts'
import { createProgress } from '../terminal/progress.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { LocalOptions } from './local-options.ts'
import { importIdOf, openMap, type MapOptions } from './map-of-import.ts'
import { withRepository } from './with-repository.ts'

/** What a source is written in. */
export type ImportFormat = 'saf' | 'datapackage' | 'hysds' | 'geojson'

/** Options of the import commands. */
export interface ImportCommandOptions extends LocalOptions, MapOptions {
  readonly collection?: string
  readonly dryRun?: boolean
  readonly onFault: 'skip' | 'stop'
  readonly chunkSize: number
  readonly submitter?: string
  /** Name and type of the datasets. */
  readonly dataset?: string
  readonly type?: string
  /** Names of properties. */
  readonly id?: string
  readonly start?: string
  readonly end?: string
  readonly label?: string
}

interface ImportTask {
  readonly source: string
  readonly format: ImportFormat
  readonly options: ImportCommandOptions
}

/**
 * Imports a source, prints a row for each item, and sums up.
 *
 * @returns whether no item was faulty
 */
export function runImport(terminal: Terminal, { source, format, options }: ImportTask): Promise<boolean> {
  return interruptible((signal) =>
    withRepository(terminal, options, async (repository) => {
      const { collection, dryRun, onFault, chunkSize, submitter } = options
      const actor = await actorFor(repository, submitter)
      const map = dryRun === true ? undefined : await openMap(repository.useCases, source, options)
      try {
        const rows = repository.useCases.imports.run(actor, await read(format, source, options), {
          importId: importIdOf(source, options),
          ...(collection !== undefined && { collection }),
          ...(dryRun === true && { dryRun }),
          ...(map !== undefined && { isImported: map.has }),
          chunkSize,
          onFault,
          signal,
        })
        return await report(terminal, rows, map)
      } finally {
        await map?.close()
      }
    }),
  )
}

async function read(
  format: ImportFormat,
  source: string,
  options: ImportCommandOptions,
): Promise<AsyncIterable<ImportItem | ImportFault>> {
  switch (format) {
    case 'saf':
      return readSaf(source)
    case 'datapackage':
      return (await readDataPackage(source)).resources
    case 'hysds':
      return readHysds(source, options)
    case 'geojson': {
      const { dataset, type } = options
      if (dataset === undefined || type === undefined) throw usageError('features need --dataset and --type')
      return readGeojson(source, { ...options, dataset, type })
    }
  }
}

async function actorFor({ useCases }: Repository, submitter: string | undefined): Promise<Actor> {
  if (submitter === undefined) return SYSTEM_ACTOR
  const person = await useCases.people.find(SYSTEM_ACTOR, { email: submitter })
  if (person === undefined) {
    throw new CommandError('NOT_FOUND', `nobody has the address ${submitter}`, EXIT.NOT_FOUND)
  }
  return { ...SYSTEM_ACTOR, personId: person.id }
}

async function report(
  terminal: Terminal,
  chunks: AsyncIterable<readonly ImportRow[]>,
  map: MapFile | undefined,
): Promise<boolean> {
  const began = performance.now()
  const counts = { imported: 0, skipped: 0, valid: 0, faulty: 0 }
  const progress = createProgress(terminal, { label: 'import', unit: 'items', start: 0 })
  const total = (): number => Object.values(counts).reduce((sum, count) => sum + count, 0)
  try {
    for await (const rows of chunks) {
      await map?.append(rows.flatMap((row) => (row.status === 'imported' ? row : [])))
      for (const row of rows) {
        counts[row.status] += 1
        terminal.print(terminal.json ? jsonOf(row) : lineOf(row))
      }
      progress.update(total())
    }
  } finally {
    progress.end()
    tellSum(terminal, counts, (performance.now() - began) / 1000)
  }
  return counts.faulty === 0
}

function jsonOf(row: ImportRow): string {
  if (!('itemId' in row)) return JSON.stringify(row)
  const { itemId, ...rest } = row
  return JSON.stringify({ ...rest, uuid: itemId })
}

function lineOf(row: ImportRow): string {
  const rest = { imported: 'handle', skipped: 'handle', faulty: 'message', valid: undefined } as const
  const field = rest[row.status]
  const detail = field === undefined ? undefined : Reflect.get(row, field)
  const place = row.status === 'faulty' && row.file !== null ? ` (${placeOf(row)})` : ''
  return [row.status, row.key, `${String(detail ?? '')}${place}`].filter((part) => part !== '').join('\t')
}

function placeOf({ file, line }: { readonly file: string | null; readonly line: number | null }): string {
  return line === null ? String(file) : `${file}:${line}`
}

function tellSum(
  terminal: Terminal,
  counts: Readonly<Record<ImportRow['status'], number>>,
  seconds: number,
): void {
  const itemsPerSecond = Math.round(seconds > 0 ? (counts.imported + counts.valid) / seconds : 0)
  if (terminal.json) {
    terminal.print(JSON.stringify({ summary: { ...counts, seconds, itemsPerSecond } }))
    return
  }
  const told = Object.entries(counts)
    .filter(([status, count]) => count > 0 || status === 'imported')
    .map(([status, count]) => `${count} ${status}`)
  terminal.note(`${told.join(', ')} in ${seconds.toFixed(1)} s (${itemsPerSecond} items/s)`)
}
