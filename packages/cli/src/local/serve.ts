import { startServer, type HexaplaServer } from '@hexapla/server'
import { CommandError } from '../command-error.ts'
import { interruptible } from '../interruption.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { fillWithSample } from './fill-with-sample.ts'
import type { LocalOptions } from './local-options.ts'
import { readConfig } from './read-config.ts'
import { tellAdministrator } from './tell-administrator.ts'

/** Options of `hexapla serve`. */
export interface ServeOptions extends LocalOptions {
  readonly host?: string
  readonly port?: string
}

/** Runs the repository with its server until the process is asked to end. */
export async function serve(terminal: Terminal, { data, host, port }: ServeOptions): Promise<void> {
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
