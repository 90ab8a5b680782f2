import { SYSTEM_ACTOR, type Repository } from '@hexapla/repository'
import { interruptible } from '../interruption.ts'
import { createProgress } from '../terminal/progress.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { LocalOptions } from './local-options.ts'
import { withRepository } from './with-repository.ts'

/** Writes the search index anew, and tells how many records are in it. */
export function rebuildIndex(terminal: Terminal, options: LocalOptions): Promise<void> {
  return interruptible((signal) =>
    withRepository(terminal, options, (repository) => rebuild(terminal, repository, signal)),
  )
}

async function rebuild(terminal: Terminal, { useCases }: Repository, signal: AbortSignal): Promise<void> {
  const display = createProgress(terminal, { label: 'reindex', unit: 'items', start: 0 })
  let records = 0
  try {
    for await (const { done, total } of useCases.records.rebuildSearchIndex(SYSTEM_ACTOR)) {
      signal.throwIfAborted()
      records = done
      display.update(done, total)
    }
  } finally {
    display.end()
  }
  if (terminal.json) terminal.print(JSON.stringify({ summary: { records } }))
  else terminal.note(`${records} records indexed`)
}
