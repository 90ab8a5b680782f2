import { createHash } from 'node:crypto'
import { access, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './run.ts'

/** The programs as published, by name and version. */
const PACKAGES = [
  'dspace-rest-client==0.1.20',
  'dspace-requests-wrapper==1.0.3',
  'requests-toolbelt==1.0.0',
  'islandora7-rest==3.0.5',
]
/** What the notebook of Pele wants; its client is in no registry. */
const PELE = ['requests==2.34.2', 'backoff==2.2.1']
const REST_TOOLS = ['wipac-rest-tools==1.13.6']
/** Its source archive holds the examples, which the installed package does not. */
const EXAMPLES = { requirement: 'dspace-rest-client==0.1.20', folder: 'dspace_rest_client-0.1.20' }
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/hexapla-interop', import.meta.url))

/** Where the published programs lie. */
export interface PythonEnvironment {
  readonly python: string
  /** The unpacked source archive of dspace-rest-client. */
  readonly examples: string
}

/** The DSpace clients and their examples. */
export async function preparePython(): Promise<PythonEnvironment> {
  const directory = await prepared(PACKAGES, async ({ directory, pip }) => {
    const source = ['--no-deps', '--no-binary', ':all:', '--dest', directory]
    await pip('download', '--quiet', ...source, EXAMPLES.requirement)
    await run('tar', ['-xzf', join(directory, `${EXAMPLES.folder}.tar.gz`), '-C', directory])
  })
  return { python: pythonIn(directory), examples: join(directory, EXAMPLES.folder) }
}

/** The interpreter that has what programs of Pele's users need. */
export async function preparePele(): Promise<string> {
  return pythonIn(await prepared(PELE))
}

/** The interpreter that has wipac-rest-tools. */
export async function prepareRestTools(): Promise<string> {
  return pythonIn(await prepared(REST_TOOLS))
}

interface Installation {
  readonly directory: string
  readonly pip: (command: string, ...args: readonly string[]) => Promise<unknown>
}

/** Installs packages with pip into a cache of their own, unless they are there from an earlier run. */
async function prepared(
  packages: readonly string[],
  complete?: (installation: Installation) => Promise<void>,
): Promise<string> {
  const key = createHash('sha256').update(packages.join(' ')).digest('hex').slice(0, 12)
  const directory = join(CACHE, key)
  const marker = join(directory, 'complete')
  if (await exists(marker)) return directory
  await rm(directory, { recursive: true, force: true })
  await mkdir(directory, { recursive: true })
  await run('python3', ['-m', 'venv', join(directory, 'venv')])
  const pip: Installation['pip'] = async (command, ...args) =>
    run(pythonIn(directory), ['-m', 'pip', '--disable-pip-version-check', '--no-input', command, ...args])
  await pip('install', '--quiet', ...packages)
  await complete?.({ directory, pip })
  await writeFile(marker, '')
  return directory
}

function pythonIn(directory: string): string {
  return join(directory, 'venv', 'bin', 'python')
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
