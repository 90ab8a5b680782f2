import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'

/** Settings by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The settings: environment variables, and those of a `.env` file for what the environment does not set.
 *
 * @param file path of the file; it need not exist
 */
export function readEnvironment(file = '.env'): Environment {
  return { ...readFile(file), ...process.env }
}

function readFile(file: string): Environment {
  try {
    return parseEnv(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
}
