import { usageError } from '../../command-error.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { withPele } from './with-pele.ts'

/** Options of `hexapla pele list`. */
export interface ListOptions {
  readonly type?: string
  readonly dataset?: string
}

/** Lists types, or names of datasets. */
export function list(terminal: Terminal, what: string, options: ListOptions): Promise<void> {
  const path = pathOf(what, options)
  return withPele(async (pele) => {
    for await (const name of pele.items<string>(path)) {
      terminal.print(terminal.json ? JSON.stringify(name) : name)
    }
  })
}

function pathOf(what: string, { type, dataset }: ListOptions): string {
  if (what === 'types' && type === undefined) {
    return dataset === undefined ? 'pele/types' : `pele/dataset/${encodeURIComponent(dataset)}/types`
  }
  if (what === 'datasets' && dataset === undefined) {
    return type === undefined ? 'pele/datasets' : `pele/type/${encodeURIComponent(type)}/datasets`
  }
  throw usageError('List types, of a --dataset or all, or datasets, of a --type or all')
}
