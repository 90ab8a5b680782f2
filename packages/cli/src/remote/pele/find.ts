import { extentOf } from '@hexapla/client/node'
import { usageError } from '../../command-error.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { withPele } from './with-pele.ts'

/** Options of `hexapla pele find`. */
export interface FindOptions {
  readonly type?: string
  readonly dataset?: string
  readonly start?: string
  readonly end?: string
  /** A file whose extent is meant. */
  readonly within?: string
  /** Parted by commas. */
  readonly fields?: string
  readonly limit?: number
}

/** Finds datasets, and prints their ids or some of their fields. */
export function find(terminal: Terminal, options: FindOptions): Promise<void> {
  const path = pathOf(options)
  return withPele(async (pele) => {
    const { start, end, within, limit = Infinity } = options
    const json = {
      ...(start !== undefined && { start_time: start }),
      ...(end !== undefined && { end_time: end }),
      ...(within !== undefined && { polygon: await extentOf(within) }),
    }
    let count = 0
    for await (const found of pele.items(path, { json, pageSize: Math.min(limit, 100) })) {
      terminal.print(typeof found === 'string' && !terminal.json ? found : JSON.stringify(found))
      count += 1
      if (count === limit) break
    }
    if (!terminal.json) terminal.note(`${count} found`)
  })
}

function pathOf({ type, dataset, fields }: FindOptions): string {
  const segment = encodeURIComponent
  if (fields !== undefined) {
    if (type === undefined || dataset === undefined) throw usageError('--fields takes --type and --dataset')
    return `pele/type/${segment(type)}/dataset/${segment(dataset)}/${segment(fields)}`
  }
  if (type !== undefined && dataset !== undefined) {
    return `pele/type/${segment(type)}/dataset/${segment(dataset)}/id`
  }
  if (dataset !== undefined) return `pele/dataset/${segment(dataset)}/dataset_ids`
  if (type !== undefined) return `pele/type/${segment(type)}/dataset_ids`
  throw usageError('Find by --type, --dataset, or both')
}
