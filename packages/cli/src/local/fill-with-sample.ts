import { importSample, type Repository } from '@hexapla/repository'
import { inspect } from 'node:util'
import { createProgress } from '../terminal/progress.ts'
import type { Terminal } from '../terminal/terminal.ts'

/**
 * Fills a new repository with its sample beside the work of the server, and goes on where an earlier run was interrupted.
 * A failure is told and harms nothing else; the next start tries again.
 */
export async function fillWithSample(
  terminal: Terminal,
  repository: Pick<Repository, 'useCases'>,
  signal: AbortSignal,
): Promise<void> {
  const began = performance.now()
  const progress = createProgress(terminal, { label: 'sample', unit: 'items', start: 0 })
  let imported = 0
  try {
    for await (const row of importSample(repository.useCases, { signal })) {
      if (row.status === 'imported') imported += 1
      if (row.status === 'faulty') terminal.note(`sample: ${row.key}: ${row.message}`)
      progress.update(imported)
    }
    progress.end()
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    if (imported > 0) terminal.note(`sample: ${imported} items in ${seconds} s, in the community Sample data`)
  } catch (error) {
    progress.end()
    if (signal.aborted) terminal.note(`sample: interrupted after ${imported} items, the next start goes on`)
    else terminal.note(`sample: ${inspect(error)}`)
  }
}
