import { homedir } from 'node:os'
import { join } from 'node:path'
import { sessionFile, type SessionFile } from '@hexapla/client/node'
import type { Environment } from '@hexapla/server/environment'

/**
 * Where the session of `hexapla login`, or of another login, is kept: by the XDG Base Directory Specification.
 *
 * @param name of the file
 */
export function sessionPlace(environment: Environment, name = 'session.json'): SessionFile {
  return sessionFile(configPath(environment, name))
}

/** The path of a file among those that the command keeps. */
export function configPath(environment: Environment, name: string): string {
  const configured = environment['XDG_CONFIG_HOME']
  const base = configured === undefined || configured === '' ? join(homedir(), '.config') : configured
  return join(base, 'hexapla', name)
}
