import type { Command } from 'commander'
import type { AccountOptions } from '../remote/ask-account.ts'
import type { FindOptions } from '../remote/pele/find.ts'
import type { ListOptions } from '../remote/pele/list.ts'
import type { LoginOptions } from '../remote/pele/login.ts'
import type { VerifyOptions } from '../remote/pele/register.ts'
import { terminalOf } from '../terminal/terminal-of.ts'
import { readCount } from './read-count.ts'

/** `hexapla pele`: a client of Pele and of the same dialect here. */
export function addPele(program: Command): void {
  const pele = program
    .command('pele')
    .description('Work with the datasets of Hexapla, or of a Pele (HySDS).')
    .addHelpText('after', HELP)
  addAccount(pele)
  addDatasets(pele)
}

function addAccount(pele: Command): void {
  pele
    .command('register <url>')
    .description('register with an API; it mails a verification code')
    .option('--user <email>', 'your e-mail address')
    .option('--password-stdin', 'read the password from the first line of standard input')
    .action(async (url: string, options: AccountOptions, command: Command) =>
      (await import('../remote/pele/register.ts')).register(terminalOf(command), url, options),
    )
  pele
    .command('verify <url> <code>')
    .description('show that the address is yours, with the code that was mailed')
    .option('--user <email>', 'your e-mail address')
    .action(async (url: string, code: string, options: VerifyOptions, command: Command) =>
      (await import('../remote/pele/register.ts')).verify(terminalOf(command), url, { ...options, code }),
    )
  pele
    .command('login <url>')
    .description('get a token, keep it, and write the account into ~/.netrc')
    .option('--user <email>', 'your e-mail address')
    .option('--password-stdin', 'read the password from the first line of standard input')
    .option('--no-netrc', 'do not write ~/.netrc: the token is not renewed then')
    .option('--insecure', 'believe any certificate')
    .action(async (url: string, options: LoginOptions, command: Command) =>
      (await import('../remote/pele/login.ts')).login(terminalOf(command), url, options),
    )
}

function addDatasets(pele: Command): void {
  pele
    .command('list <what>')
    .description('list all types or datasets: what is "types" or "datasets"')
    .option('--type <type>', 'only the datasets of this type')
    .option('--dataset <name>', 'only the types of this dataset')
    .action(async (what: string, options: ListOptions, command: Command) =>
      (await import('../remote/pele/list.ts')).list(terminalOf(command), what, options),
    )
  pele
    .command('find')
    .description('find datasets by name or type, time and place')
    .option('--type <type>', 'of this type')
    .option('--dataset <name>', 'of this name')
    .option('--start <time>', 'that begin then or later, e.g. 2020-01-01T00:00:00Z')
    .option('--end <time>', 'that end before')
    .option('--within <file>', 'that touch the extent of a GeoJSON, WKT, KML, GPX or Shapefile')
    .option('--fields <names>', 'fields to show, parted by commas; takes --type and --dataset')
    .option('--limit <number>', 'so many at most', readCount(1))
    .action(async (options: FindOptions, command: Command) =>
      (await import('../remote/pele/find.ts')).find(terminalOf(command), options),
    )
}

const HELP = `
URL is the address of the API, such as https://pele.example.org/pele/api/v0.1. The token is kept in
~/.config/hexapla/pele.json, the account in ~/.netrc (or where NETRC says), both readable for you alone. Programs may set
HEXAPLA_PELE to the address, and HEXAPLA_TOKEN, or HEXAPLA_USER and HEXAPLA_PASSWORD, instead of logging in.

Examples:
  hexapla pele register http://127.0.0.1:8080/pele/api/v0.1 --user ada@example.org
  hexapla pele verify http://127.0.0.1:8080/pele/api/v0.1 ffa8d18b-f581-44bf-8864-b52a2cd8e7b6 --user ada@example.org
  hexapla pele login http://127.0.0.1:8080/pele/api/v0.1 --user ada@example.org
  hexapla pele list types
  hexapla pele find --dataset L2_L_GSLC --start 2020-01-01T00:00:00Z --within boundary.geojson
`
