import type { Command } from 'commander'
import { withLocalOptions, type LocalOptions } from '../local/local-options.ts'
import { terminalOf } from '../terminal/terminal-of.ts'

/** `hexapla permission`: what roles may do with the Islandora dialect, past any server. */
export function addPermission(program: Command): void {
  const permission = program
    .command('permission')
    .description(
      'What roles may do with the Islandora dialect. A server may run on the data directory meanwhile.',
    )
    .addHelpText('after', HELP)
  withLocalOptions(permission.command('list'))
    .description('list what each role holds')
    .action(async (options: LocalOptions, command: Command) =>
      (await permissions()).listPermissions(terminalOf(command), options),
    )
  withLocalOptions(permission.command('grant <role> <permission...>'))
    .description('give a role permissions')
    .action(async (role: string, names: string[], options: LocalOptions, command: Command) =>
      (await permissions()).grantPermissions(terminalOf(command), { role, permissions: names }, options),
    )
  withLocalOptions(permission.command('revoke <role> <permission...>'))
    .description('take permissions from a role')
    .action(async (role: string, names: string[], options: LocalOptions, command: Command) =>
      (await permissions()).revokePermissions(terminalOf(command), { role, permissions: names }, options),
    )
}

const HELP = `
Roles: anonymous is everybody, authenticated everybody who has signed in, any other the group of that name. Administrators
hold every permission. A change counts in the next request.

Examples:
  hexapla permission list
  hexapla permission grant Ingesters ISLANDORA_REST_OBJECT_POST_PERM
  hexapla permission revoke anonymous ISLANDORA_SOLR_SEARCH_PERM
`

const permissions = () => import('../local/permissions.ts')
