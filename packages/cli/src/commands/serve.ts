import type { Command } from 'commander'
import { startServer, type HexaplaServer } from '@hexapla/server'
import { CommandError } from '../command-error.ts'
import { interruptible } from '../interruption.ts'
import { fillWithSample } from '../local/fill-with-sample.ts'
import { readConfig, withLocalOptions, type LocalOptions } from '../local/local-options.ts'
import { tellAdministrator } from '../local/tell-administrator.ts'
import { terminalOf } from '../terminal/terminal-of.ts'
import type { Terminal } from '../terminal/terminal.ts'

interface ServeOptions extends LocalOptions {
  readonly host?: string
  readonly port?: string
}

/** `hexapla serve`: the repository with its server. */
export function addServe(program: Command): void {
  withLocalOptions(program.command('serve'))
    .description('Run the repository. The first start makes it, with an administrator and a sample.')
    .option('--host <address>', 'the address to listen on, in place of HEXAPLA_HOST')
    .option('--port <number>', 'the port to listen on, 0 for any; in place of HEXAPLA_PORT')
    .addHelpText('after', HELP)
    .action(async (options: ServeOptions, command: Command) => serve(terminalOf(command), options))
}

const HELP = `
"listening on URL" on standard output says that it is ready; everything else goes to standard error.
SIGTERM or Ctrl-C: requests under way are answered, then it ends with code 0. Once more: it ends at once.

Examples:
  hexapla serve
  HEXAPLA_DATA=/srv/hexapla HEXAPLA_PUBLIC_URL=https://repository.example.org hexapla serve --port 9000
`

async function serve(terminal: Terminal, { data, host, port }: ServeOptions): Promise<void> {
  const config = readConfig({ HEXAPLA_DATA: data, HEXAPLA_HOST: host, HEXAPLA_PORT: port })
  const lost = Promise.withResolvers<never>()
  // Nobody waits for it before the server listens; until then it must not count as unhandled.
  lost.promise.catch(() => undefined)
  await interruptible(async (signal) => {
    const server = await startServer(config, {
      log: (line) => terminal.note(line),
      onDatabaseLost: ({ code, signal: by }) =>
        lost.reject(
          new CommandError('DATABASE_LOST', `the database ended unexpectedly (${by ?? `code ${code}`})`, 1),
        ),
    })
    tellAdministrator(terminal, config, server.repository)
    tellAddress(terminal, server)
    const sampling = config.sample ? fillWithSample(terminal, server.repository, signal) : undefined
    try {
      await Promise.race([lost.promise, aborted(signal)])
    } catch (error) {
      // Without its database nothing can be ended in order, and waiting for it may take for ever.
      setTimeout(() => process.exit(1), LOST_PATIENCE_MS).unref()
      await server.stop({ graceMs: 0 }).catch(() => undefined)
      throw error
    }
    terminal.note('stopping')
    await sampling
    await server.stop()
  })
}

const LOST_PATIENCE_MS = 5000

function tellAddress(terminal: Terminal, { listening, url }: HexaplaServer): void {
  terminal.print(terminal.json ? JSON.stringify({ listening, url }) : `listening on ${listening}`)
  if (url !== listening && !terminal.json) terminal.note(`clients use ${url}`)
}

/** Resolves at the abort: to be asked to end is what a server waits for. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
