import { createHash } from 'node:crypto'
import { basename, resolve } from 'node:path'
import { openMapFile, SYSTEM_ACTOR, type MapFile, type UseCases } from '@hexapla/repository'
import { CommandError } from '../command-error.ts'
import { EXIT } from '../exit-code.ts'

/** Where an import keeps what it has brought. */
export interface MapOptions {
  readonly map?: string
  readonly name?: string
  readonly resume?: boolean
}

/** What names an import for ever: what was said, or the place of its map file. */
export function importIdOf(source: string, options: MapOptions): string {
  return options.name ?? createHash('sha256').update(mapPath(source, options)).digest('hex')
}

/**
 * Opens the map file of an import and, when it is resumed, completes it: a kill after a commit may have kept the last
 * lines from being written.
 *
 * @throws CommandError `IMPORT_BEGUN` when the import was begun already and is not to be resumed
 */
export async function openMap(
  { imports }: Pick<UseCases, 'imports'>,
  source: string,
  options: MapOptions,
): Promise<MapFile> {
  const path = mapPath(source, options)
  const map = await openMapFile(path)
  try {
    const brought = imports.list(SYSTEM_ACTOR, importIdOf(source, options))
    if (options.resume === true) {
      for await (const item of brought) await map.append([item])
      return map
    }
    const { done } = await brought.next()
    if (map.size === 0 && done === true) return map
  } catch (error) {
    await map.close()
    throw error
  }
  await map.close()
  throw new CommandError(
    'IMPORT_BEGUN',
    `this import was begun already, see ${path}: go on with --resume, or give another --map`,
    EXIT.USAGE,
  )
}

function mapPath(source: string, { map }: MapOptions): string {
  return resolve(map ?? `${basename(resolve(source))}.map`)
}
