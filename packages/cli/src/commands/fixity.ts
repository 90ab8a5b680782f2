import type { Command } from 'commander'
import { SYSTEM_ACTOR, type FixityFault, type Repository } from '@hexapla/repository'
import { EXIT } from '../exit-code.ts'
import { interruptible } from '../interruption.ts'
import { withLocalOptions, type LocalOptions } from '../local/local-options.ts'
import { withRepository } from '../local/with-repository.ts'
import type { EndWith } from '../program.ts'
import { formatBytes } from '../terminal/format.ts'
import { createProgress } from '../terminal/progress.ts'
import { terminalOf } from '../terminal/terminal-of.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** `hexapla fixity`: reads every file anew and compares its digest. */
export function addFixity(program: Command, endWith: EndWith): void {
  withLocalOptions(program.command('fixity'))
    .description('Read every file anew and compare its SHA-256. A server may run meanwhile.')
    .addHelpText('after', HELP)
    .action(async (options: LocalOptions, command: Command) => {
      const terminal = terminalOf(command)
      if (!(await checkFixity(terminal, options))) endWith(EXIT.FAILURE)
    })
}

const HELP = `
Each content that is changed or missing is printed; the exit code is 1 when there is one.

Examples:
  hexapla fixity
  hexapla fixity --data /srv/hexapla --json
`

function checkFixity(terminal: Terminal, options: LocalOptions): Promise<boolean> {
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
