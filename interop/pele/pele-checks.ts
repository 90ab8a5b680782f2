import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PeleRequests } from '@hexapla/client'
import { netrcCredentials, saveNetrcAccount } from '@hexapla/client/node'
import { ACCOUNT, startServerProcess, type ServerProcess } from '../process/server-process.ts'
import { withTemporaryDirectory } from '../process/temporary-directory.ts'
import { preparePele } from '../python/environment.ts'
import { run } from '../python/run.ts'
import type { Check } from '../run-checks.ts'
import { startForwardProxy } from './forward-proxy.ts'

/** What no package registry has: given by hand, see docs/pele.md. */
export interface PublishedPele {
  /** A checkout of pele_client. */
  readonly client: string
  /** The notebook that shows it. */
  readonly notebook: string
}

/** Programs of Pele's users against the Pele dialect. */
export function peleChecks(published: PublishedPele | undefined): readonly Check[] {
  const checks = [requestsCheck, loopCheck]
  return published === undefined ? checks : [...checks, notebookCheck(published), tokenEndCheck(published)]
}

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
/** Without a port, as `.netrc` wants it; the proxy knows where it is. */
const HOST = 'pele.test'
const BASE_URL = `http://${HOST}/pele/api/v0.1`

interface Stage {
  readonly server: ServerProcess
  readonly python: string
  readonly mail: string
  /** The environment of programs: a home of their own, and the proxy. */
  readonly env: Readonly<Record<'HOME' | 'NETRC' | 'http_proxy' | 'no_proxy', string>>
}

const requestsCheck: Check = {
  name: 'Pele: requests, from registration to the end of a token',
  run: () =>
    onStage({ HEXAPLA_PELE_TOKEN_SECONDS: '5' }, async ({ python, mail, env }) => {
      const { stdout } = await run(python, [script('requests-client.py'), BASE_URL, mail, 'True'], { env })
      return `${stdout.trim()} of 20 calls at once were told to wait`
    }),
}

const loopCheck: Check = {
  name: 'Pele: 20 calls in a loop through PeleRequests',
  run: () =>
    onStage({}, async ({ server, env }) => {
      const url = `${server.url}/pele/api/v0.1`
      const { email: login, password } = ACCOUNT
      await saveNetrcAccount({ machine: new URL(url).host, login, password }, { path: env.NETRC })
      const pele = new PeleRequests(url, { credentials: netrcCredentials(env.NETRC) })
      const began = performance.now()
      for (let index = 0; index < 20; index += 1) {
        await pele.get('test/echo', { query: { echo_str: `(${index}) hello world` } })
      }
      return `all succeeded, in ${(performance.now() - began).toFixed(0)} ms`
    }),
}

function notebookCheck({ client, notebook }: PublishedPele): Check {
  return {
    name: 'Pele: the notebook, cell by cell, with pele_client as published',
    run: () =>
      onStage({}, async ({ python, mail, env }) => {
        const path = await importPath(client, env.HOME)
        const args = [script('notebook.py'), notebook, BASE_URL, mail]
        const { stderr } = await run(python, args, { env: { ...env, PYTHONPATH: path } })
        return stderr.trim()
      }),
  }
}

function tokenEndCheck({ client }: PublishedPele): Check {
  return {
    name: 'Pele: pele_client as published renews its token',
    run: () =>
      onStage({ HEXAPLA_PELE_TOKEN_SECONDS: '3' }, async ({ python, env }) => {
        const { email: login, password } = ACCOUNT
        await saveNetrcAccount({ machine: HOST, login, password }, { path: env.NETRC })
        const PYTHONPATH = await importPath(client, env.HOME)
        await run(python, [script('token-end.py'), BASE_URL], { env: { ...env, PYTHONPATH } })
        return 'after three seconds'
      }),
  }
}

/** The client imports GDAL at its beginning, for a function that the notebook does not call. */
async function importPath(client: string, home: string): Promise<string> {
  await readFile(join(client, 'pele_client', 'client.py'))
  const stand = join(home, 'gdal')
  await mkdir(join(stand, 'osgeo'), { recursive: true })
  await writeFile(join(stand, 'osgeo', '__init__.py'), 'ogr = None\n')
  return `${client}:${stand}`
}

async function onStage(
  settings: Readonly<Record<string, string>>,
  work: (stage: Stage) => Promise<string>,
): Promise<string> {
  const python = await preparePele()
  return withTemporaryDirectory('pele', async (directory) => {
    const home = join(directory, 'home')
    await mkdir(home)
    const dataDirectory = join(directory, 'data')
    await mkdir(dataDirectory)
    const server = await startServerProcess({ dataDirectory, settings })
    const proxy = await startForwardProxy(server.url)
    try {
      const env = { HOME: home, NETRC: join(home, '.netrc'), http_proxy: proxy.url, no_proxy: '' }
      return await work({ server, python, mail: join(dataDirectory, 'mail'), env })
    } finally {
      await proxy.stop()
      await server.stop()
    }
  })
}
