import { createHash } from 'node:crypto'
import { access, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { run } from '../python/run.ts'
import { startProgram } from '../process/start-program.ts'

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const CACHE = here('../../node_modules/.cache/hexapla-interop')
const CONFIGURATION = here('../../packages/repository/solr/conf')

/** A running Solr with an empty core of ours. */
export interface RunningSolr extends AsyncDisposable {
  /** The core's address. */
  readonly url: string
  readonly port: number
}

/** The jars that a Solr is started from; Maven resolves them unless they are there from an earlier run. */
export async function prepareSolr(): Promise<string> {
  const pom = here('pom.xml')
  const key = createHash('sha256')
    .update(await readFile(pom))
    .digest('hex')
    .slice(0, 12)
  const directory = join(CACHE, `solr-${key}`)
  const isComplete = await access(join(directory, 'complete')).then(
    () => true,
    () => false,
  )
  if (isComplete) return directory
  await rm(directory, { recursive: true, force: true })
  await mkdir(directory, { recursive: true })
  const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${join(directory, 'lib')}`]
  await run('mvn', ['--quiet', '--batch-mode', '--file', pom, ...goal], { timeoutMs: 600_000 })
  await writeFile(join(directory, 'complete'), '')
  return directory
}

/** Makes the home of a Solr with a core `hexapla` in a directory. */
export async function makeSolrHome(directory: string): Promise<string> {
  const home = join(directory, 'solr')
  const core = join(home, 'hexapla')
  await mkdir(core, { recursive: true })
  await cp(CONFIGURATION, join(core, 'conf'), { recursive: true })
  await writeFile(join(home, 'solr.xml'), '<solr/>\n')
  await writeFile(join(core, 'core.properties'), 'name=hexapla\n')
  return home
}

/** Starts a Solr and waits until its core is loaded. @param port 0 for any */
export async function startSolr(directory: string, home: string, port = 0): Promise<RunningSolr> {
  const program = await startProgram('java', [
    '-Xmx512m',
    `-Dsolr.solr.home=${home}`,
    `-Dsolr.log.dir=${home}`,
    '-Dlog4j2.level=ERROR',
    '-cp',
    join(directory, 'lib', '*'),
    here('SolrServer.java'),
    String(port),
  ])
  const listening = Number(program.firstLine)
  const url = `http://127.0.0.1:${listening}/solr/hexapla`
  while (!(await fetch(`${url}/select?rows=0`)).ok) await sleep(100)
  return {
    url,
    port: listening,
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  }
}
