import type { Command } from 'commander'
import type { AccountOptions } from '../remote/ask-account.ts'
import type { SearchOptions } from '../remote/islandora/search.ts'
import { terminalOf } from '../terminal/terminal-of.ts'
import { readCount } from './read-count.ts'
import { addDatastream } from './islandora/datastream.ts'
import { addObject } from './islandora/object.ts'
import { addRelationship } from './islandora/relationship.ts'

/** `hexapla islandora`: a client of Islandora 7 and of the same dialect here. */
export function addIslandora(program: Command): void {
  const islandora = program
    .command('islandora')
    .description('Work with the objects of Hexapla, or of an Islandora 7 with its REST module.')
    .addHelpText('after', HELP)
  addSession(islandora)
  addObject(islandora)
  addDatastream(islandora)
  addRelationship(islandora)
  addSearch(islandora)
  islandora
    .command('describe')
    .description('tell what the site is, its namespaces, and what you may do there (Hexapla alone)')
    .action(async (_options: object, command: Command) => {
      const { describe } = await import('../remote/islandora/describe.ts')
      await describe(terminalOf(command))
    })
}

function addSession(islandora: Command): void {
  islandora
    .command('login <site>')
    .description('begin a session, and keep its cookie')
    .option('--user <name>', 'name of the account; with Hexapla an e-mail address or netid')
    .option('--password-stdin', 'read the password from the first line of standard input')
    .action(async (site: string, options: AccountOptions, command: Command) => {
      const { login } = await import('../remote/islandora/session.ts')
      await login(terminalOf(command), site, options)
    })
  islandora
    .command('logout')
    .description('end the session')
    .action(async (_options: object, command: Command) => {
      const { logout } = await import('../remote/islandora/session.ts')
      await logout(terminalOf(command))
    })
}

function addSearch(islandora: Command): void {
  islandora
    .command('search <query>')
    .description("find objects, in the words of Solr's standard query parser")
    .option('--fl <fields>', 'fields to show, parted by commas', 'PID,fgs_label_s')
    .option('--fq <query>', 'a further query that must match; may be repeated', gather)
    .option('--sort <fields>', "such as 'fgs_label_s asc' (default: the best first)")
    .option('--start <number>', 'how many to leave out', readCount(0))
    .option('--rows <number>', 'how many to show (default: 20, as the site has it)', readCount(0))
    .option('--all', 'everything that is found')
    .addHelpText('after', SEARCH_HELP)
    .action(async (query: string, options: SearchOptions, command: Command) => {
      const { search } = await import('../remote/islandora/search.ts')
      await search(terminalOf(command), query, options)
    })
}

function gather(value: string, former: readonly string[] = []): readonly string[] {
  return [...former, value]
}

const HELP = `
SITE is the address before /islandora/rest/v1. The cookie is kept in ~/.config/hexapla/islandora.json, readable for you
alone; the password is not kept. Programs may set HEXAPLA_ISLANDORA to the site, and HEXAPLA_USER with HEXAPLA_TOKEN
(hexapla token) or HEXAPLA_PASSWORD, instead of logging in; without HEXAPLA_USER they are a visitor.

Examples:
  hexapla islandora login http://127.0.0.1:8080 --user ada@example.org
  pid=$(hexapla islandora object create --namespace maps --label 'A map')
  hexapla islandora datastream put $pid OBJ map.tif
  hexapla islandora relationship add $pid fedora:isMemberOfCollection islandora:root
  hexapla islandora search 'fgs_label_s:*map*' --all --fl PID,fgs_label_s,fgs_state_s
`

const SEARCH_HELP = `
A table on a screen, lines with tabs elsewhere, a document a line with --json.

Examples:
  hexapla islandora search 'dc.title:(map AND coast*)' --fq fgs_state_s:Active --sort 'fgs_label_s asc'
  hexapla islandora search 'RELS_EXT_hasModel_uri_ms:*sp_pdf' --all --fl PID | while read pid; do …
  hexapla islandora search '*:*' --fl '*' --rows 1 --json
`
