import { SYSTEM_ACTOR, type FixityFault, type Repository } from '@hexapla/repository'
import { interruptible } from '../interruption.ts'
import { formatBytes } from '../terminal/format.ts'
import { createProgress } from '../terminal/progress.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { LocalOptions } from './local-options.ts'
import { withRepository } from './with-repository.ts'

/**
 * Reads every content anew and prints what is at fault.
 *
 * @returns whether nothing is
 */
export function checkFixity(terminal: Terminal, options: LocalOptions): Promise<boolean> {
  return interruptible((signal) =>
    withRepository(terminal, options, (repository) => check(terminal, repository, signal)),
  )
}

async function check(terminal: Terminal, { useCases }: Repository, signal: AbortSignal): Promise<boolean> {
  const whole = await useCases.bitstreams.measure(SYSTEM_ACTOR)
  const progress = createProgress(terminal, { label: 'fixity', unit: 'bytes', start: 0 })
  const sum = { checked: 0, bytes: 0, faults: 0 }
  try {
    for await (const { checked, bytes, faults } of useCases.bitstreams.verifyFixity(SYSTEM_ACTOR)) {
      signal.throwIfAborted()
      for (const fault of faults.slice(sum.faults)) tell(terminal, fault)
      Object.assign(sum, { checked, bytes, faults: faults.length })
      progress.update(bytes, whole.bytes)
    }
  } finally {
    progress.end()
  }
  if (terminal.json) terminal.print(JSON.stringify({ summary: sum }))
  else terminal.note(`${sum.checked} files (${formatBytes(sum.bytes)}) checked, ${sum.faults} at fault`)
  return sum.faults === 0
}

function tell(terminal: Terminal, { sha256, fault }: FixityFault): void {
  terminal.print(terminal.json ? JSON.stringify({ sha256, fault }) : `${fault}\t${sha256}`)
}
