import type { NewRelationship, RelationshipDocument, RelationshipFilter } from '@hexapla/client'
import { usageError } from '../../command-error.ts'
import { createTable } from '../../terminal/table.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { formatPredicate, readPredicate } from './predicate.ts'
import { withSite } from './with-site.ts'

/** Which relationships of an object. */
export interface Wanted {
  readonly pid: string
  readonly predicate: string | undefined
  readonly object: string | undefined
  /** Whether the object is a text. */
  readonly literal?: boolean
}

/** Lists relationships. */
export function listRelationships(terminal: Terminal, wanted: Wanted): Promise<void> {
  const filter = filterOf(wanted)
  return withSite(async ({ relationships }) => {
    const found = await relationships.list(wanted.pid, filter)
    if (terminal.json) {
      for (const one of found) terminal.print(JSON.stringify(one))
      return
    }
    const table = createTable(terminal, ['PREDICATE', 'OBJECT', ''])
    for (const one of found) table.add(rowOf(one))
    table.end()
  })
}

/** Adds a relationship. */
export function addRelationship(
  terminal: Terminal,
  { pid, predicate, object, type }: Relationship,
): Promise<void> {
  const relationship: NewRelationship = { ...readPredicate(predicate), object, type }
  return withSite(async ({ relationships }) => {
    await relationships.add(pid, relationship)
    terminal.print(terminal.json ? JSON.stringify(relationship) : `${pid} ${predicate} ${object}`)
  })
}

interface Relationship {
  readonly pid: string
  readonly predicate: string
  readonly object: string
  readonly type: NonNullable<NewRelationship['type']>
}

/** Removes the relationships that are named, or all. */
export function removeRelationships(
  terminal: Terminal,
  wanted: Wanted & { readonly all?: boolean },
): Promise<void> {
  if ((wanted.predicate === undefined) !== (wanted.all === true)) {
    throw usageError('Give either a predicate or --all')
  }
  const filter = filterOf(wanted)
  return withSite(async ({ relationships }) => {
    await relationships.remove(wanted.pid, filter)
    terminal.print(terminal.json ? JSON.stringify(filter) : `removed from ${wanted.pid}`)
  })
}

function filterOf({ predicate, object, literal }: Wanted): RelationshipFilter {
  return {
    ...(predicate !== undefined && readPredicate(predicate)),
    ...(object !== undefined && { object }),
    ...(literal === true && { literal }),
  }
}

function rowOf({ predicate, object }: RelationshipDocument): readonly string[] {
  const name = formatPredicate({ uri: predicate.namespace, predicate: predicate.value })
  return [name, object.value, object.literal ? 'literal' : '']
}
