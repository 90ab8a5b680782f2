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
/** Their source archives hold examples and guide, which the installed packages do not. */
const SOURCES = {
  'dspace-rest-client==0.1.20': 'dspace_rest_client-0.1.20',
  'islandora7-rest==3.0.5': 'islandora7-rest-3.0.5',
} as const
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/hexapla-interop', import.meta.url))

/** Where the published programs lie. */
export interface PythonEnvironment {
  readonly python: string
  /** The unpacked source archive of dspace-rest-client. */
  readonly examples: string
  /** The guide of islandora7-rest. */
  readonly islandoraGuide: string
}

/** The clients, their examples and guides. */
export async function preparePython(): Promise<PythonEnvironment> {
  const directory = await prepared(PACKAGES, SOURCES)
  const sourceOf = (requirement: keyof typeof SOURCES): string => join(directory, SOURCES[requirement])
  return {
    python: pythonIn(directory),
    examples: sourceOf('dspace-rest-client==0.1.20'),
    islandoraGuide: join(sourceOf('islandora7-rest==3.0.5'), 'docs', 'Usage.md'),
  }
}

/** The interpreter that has what programs of Pele's users need. */
export async function preparePele(): Promise<string> {
  return pythonIn(await prepared(PELE))
}

/** The interpreter that has wipac-rest-tools. */
export async function prepareRestTools(): Promise<string> {
  return pythonIn(await prepared(REST_TOOLS))
}

/**
 * Installs packages with pip into a cache of their own, unless they are there from an earlier run.
 *
 * @param sources requirements whose source archives are unpacked beside them, and the folders that those have
 */
async function prepared(
  packages: readonly string[],
  sources: Readonly<Record<string, string>> = {},
): Promise<string> {
  const all = [...packages, ...Object.values(sources)]
  const key = createHash('sha256').update(all.join(' ')).digest('hex').slice(0, 12)
  const directory = join(CACHE, key)
  const marker = join(directory, 'complete')
  if (await exists(marker)) return directory
  await rm(directory, { recursive: true, force: true })
  await mkdir(directory, { recursive: true })
  await run('python3', ['-m', 'venv', join(directory, 'venv')])
  const pip = async (command: string, ...args: readonly string[]) =>
    run(pythonIn(directory), ['-m', 'pip', '--disable-pip-version-check', '--no-input', command, ...args])
  await pip('install', '--quiet', ...packages)
  for (const [requirement, folder] of Object.entries(sources)) {
    const source = ['--no-deps', '--no-binary', ':all:', '--dest', directory]
    await pip('download', '--quiet', ...source, requirement)
    await run('tar', ['-xzf', join(directory, `${folder}.tar.gz`), '-C', directory])
  }
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
