import type { NewObject, ObjectChange } from '@hexapla/client'
import { usageError } from '../../command-error.ts'
import { printDocument } from '../../terminal/print-document.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { withSite } from './with-site.ts'

/** Prints an object. */
export function getObject(terminal: Terminal, pid: string): Promise<void> {
  return withSite(async ({ objects }) => printDocument(terminal, await objects.read(pid)))
}

/** Makes an object; its pid alone goes to standard output, for programs to take. */
export function createObject(terminal: Terminal, object: NewObject): Promise<void> {
  if (object.pid !== undefined && object.namespace !== undefined) {
    throw usageError('Give either --pid or --namespace')
  }
  return withSite(async ({ objects }) => {
    const made = await objects.create(object)
    terminal.print(terminal.json ? JSON.stringify(made) : made.pid)
  })
}

/** Changes what is given of an object, and prints what it has become. */
export function setObject(terminal: Terminal, pid: string, change: ObjectChange): Promise<void> {
  if (Object.keys(change).length === 0)
    throw usageError('Give what is to change: --label, --owner or --state')
  return withSite(async ({ objects }) => printDocument(terminal, await objects.change(pid, change)))
}

/** Deletes objects, one after the other. */
export function deleteObjects(terminal: Terminal, pids: readonly string[]): Promise<void> {
  return withSite(async ({ objects }) => {
    for (const pid of pids) {
      await objects.delete(pid)
      terminal.print(terminal.json ? JSON.stringify({ pid }) : `deleted ${pid}`)
    }
  })
}
