import { createHash } from 'node:crypto'
import { access, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './run.ts'

/** The programs as published, by name and version. */
const PACKAGES = ['dspace-rest-client==0.1.20', 'dspace-requests-wrapper==1.0.3', 'requests-toolbelt==1.0.0']
/** Its source archive holds the examples, which the installed package does not. */
const EXAMPLES = { requirement: 'dspace-rest-client==0.1.20', folder: 'dspace_rest_client-0.1.20' }
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/hexapla-interop', import.meta.url))

/** Where the published programs lie. */
export interface PythonEnvironment {
  readonly python: string
  /** The unpacked source archive of dspace-rest-client. */
  readonly examples: string
}

/** Installs the programs with pip into a cache of their own, unless they are there from an earlier run. */
export async function preparePython(): Promise<PythonEnvironment> {
  const key = createHash('sha256').update(PACKAGES.join(' ')).digest('hex').slice(0, 12)
  const directory = join(CACHE, key)
  const environment = {
    python: join(directory, 'venv', 'bin', 'python'),
    examples: join(directory, EXAMPLES.folder),
  }
  const complete = join(directory, 'complete')
  if (await exists(complete)) return environment
  await rm(directory, { recursive: true, force: true })
  await mkdir(directory, { recursive: true })
  await run('python3', ['-m', 'venv', join(directory, 'venv')])
  const pip = async (command: string, ...args: readonly string[]) =>
    run(environment.python, ['-m', 'pip', '--disable-pip-version-check', '--no-input', command, ...args])
  await pip('install', '--quiet', ...PACKAGES)
  const source = ['--no-deps', '--no-binary', ':all:', '--dest', directory]
  await pip('download', '--quiet', ...source, EXAMPLES.requirement)
  await run('tar', ['-xzf', join(directory, `${EXAMPLES.folder}.tar.gz`), '-C', directory])
  await writeFile(complete, '')
  return environment
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
