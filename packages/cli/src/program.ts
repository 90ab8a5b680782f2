import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { addDownload } from './commands/download.ts'
import { addFixity } from './commands/fixity.ts'
import { addGet } from './commands/get.ts'
import { addHarvest } from './commands/harvest.ts'
import { addImport } from './commands/import.ts'
import { addIslandora } from './commands/islandora.ts'
import { addLogin } from './commands/login.ts'
import { addLogout } from './commands/logout.ts'
import { addMail } from './commands/mail.ts'
import { addPele } from './commands/pele.ts'
import { addPermission } from './commands/permission.ts'
import { addPut } from './commands/put.ts'
import { addReindex } from './commands/reindex.ts'
import { addServe } from './commands/serve.ts'
import { addToken } from './commands/token.ts'
import { addUpload } from './commands/upload.ts'
import { addUser } from './commands/user.ts'
import type { ExitCode } from './exit-code.ts'

/** Tells how the process has to end, where that is not simply well. */
export type EndWith = (code: ExitCode) => void

/** The command with all its subcommands. */
export function createProgram(endWith: EndWith): Command {
  const program = new Command('hexapla')
    .description(
      'A repository for scholarly records, and a client of it, of every DSpace from 7 to 10 and of Islandora 7.',
    )
    .version(version(), '-V, --version')
    .option('--json', 'results as JSON on standard output, failures as JSON on standard error')
    .exitOverride()
    // Failures are told in one place, see run.ts.
    .configureOutput({ outputError: () => undefined })
    .addHelpText('after', HELP)
  addServe(program)
  addUser(program)
  addPermission(program)
  addImport(program, endWith)
  addHarvest(program, endWith)
  addFixity(program, endWith)
  addReindex(program)
  addMail(program)
  addLogin(program)
  addLogout(program)
  addToken(program)
  addGet(program)
  addPut(program)
  addUpload(program)
  addDownload(program)
  addIslandora(program)
  addPele(program)
  return program
}

const HELP = `
Settings of the repository come from the environment and from a file .env: docs/configuration.md.
Exit codes: 0 well, 1 failure, 2 usage or configuration, 3 refused or not logged in, 4 not found,
5 data directory in use, 6 partly done, 7 cannot listen, 8 server not reached, 130 and 143 interrupted.

Examples:
  hexapla serve
  hexapla import saf export.zip --collection 123456789/2
  hexapla login http://127.0.0.1:8080/server --user ada@example.org
  hexapla upload survey.zip --item 6f1c0d5e-2e43-4c0b-93c1-6d4e4b1c0f11
`

function version(): string {
  const file = new URL('../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
