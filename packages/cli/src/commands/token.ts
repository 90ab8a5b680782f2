import type { Command } from 'commander'
import { Option } from 'commander'
import type { CreateOptions, ListOptions } from '../remote/tokens.ts'
import { terminalOf } from '../terminal/terminal-of.ts'

/** `hexapla token`: tokens for programs, at the server that one is logged in to. */
export function addToken(program: Command): void {
  const token = program
    .command('token')
    .description('Tokens for programs that work for you at the server you are logged in to.')
    .addHelpText('after', HELP)
  token
    .command('create <name>')
    .description('make a token and tell it, this once')
    .addOption(
      new Option('--scope <scope>', 'how far it reaches').choices(['read', 'write', 'admin']).default('read'),
    )
    .option('--expires <when>', 'its end: days from now (30d), a day (2027-01-31) or never', '90d')
    .action(async (name: string, options: CreateOptions, command: Command) =>
      (await tokens()).createToken(terminalOf(command), name, options),
    )
  token
    .command('list')
    .description('list your tokens')
    .option('--person <uuid>', "list somebody else's, as an administrator")
    .action(async (options: ListOptions, command: Command) =>
      (await tokens()).listTokens(terminalOf(command), options),
    )
  token
    .command('revoke <token>')
    .description('make a token void, by its uuid or, of your own, by its name')
    .action(async (wanted: string, _options: object, command: Command) =>
      (await tokens()).revokeToken(terminalOf(command), wanted),
    )
}

const HELP = `
Scopes: read sees what you may see, write changes records too, admin is all that you may, people, groups, policies and
tokens among it. Programs send the token as "Authorization: Bearer hxp_…"; the commands here take it from HEXAPLA_TOKEN,
beside HEXAPLA_ENDPOINT.

Examples:
  hexapla token create harvester
  TOKEN=$(hexapla token create nightly-upload --scope write --expires 365d)
  hexapla token list
  hexapla token revoke harvester
`

const tokens = () => import('../remote/tokens.ts')
