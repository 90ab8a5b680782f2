import { homedir } from 'node:os'
import { join } from 'node:path'
import { sessionFile, type SessionFile } from '@hexapla/client/node'
import type { Environment } from '@hexapla/server/environment'

/** Where the session of `hexapla login` is kept: by the XDG Base Directory Specification. */
export function sessionPlace(environment: Environment): SessionFile {
  const configured = environment['XDG_CONFIG_HOME']
  const base = configured === undefined || configured === '' ? join(homedir(), '.config') : configured
  return sessionFile(join(base, 'hexapla', 'session.json'))
}
