import { PERMISSIONS, SYSTEM_ACTOR, type RolePermissions, type UseCases } from '@hexapla/repository'
import type { Terminal } from '../terminal/terminal.ts'
import type { LocalOptions } from './local-options.ts'
import { withRepository } from './with-repository.ts'

type PermissionChange = Parameters<UseCases['access']['grantPermissions']>[1]

/** Lists what each role holds, a line each. */
export function listPermissions(terminal: Terminal, options: LocalOptions): Promise<void> {
  return withRepository(terminal, options, async ({ useCases }) => {
    for (const role of await useCases.access.listPermissions(SYSTEM_ACTOR)) tell(terminal, role)
  })
}

/** Gives a role permissions, and tells what it holds. */
export function grantPermissions(
  terminal: Terminal,
  change: PermissionChange,
  options: LocalOptions,
): Promise<void> {
  return withRepository(terminal, options, async ({ useCases }) => {
    await useCases.access.grantPermissions(SYSTEM_ACTOR, change)
    await tellRole(terminal, useCases, change.role)
  })
}

/** Takes permissions from a role, and tells what it holds still. */
export function revokePermissions(
  terminal: Terminal,
  change: PermissionChange,
  options: LocalOptions,
): Promise<void> {
  return withRepository(terminal, options, async ({ useCases }) => {
    await useCases.access.revokePermissions(SYSTEM_ACTOR, change)
    await tellRole(terminal, useCases, change.role)
  })
}

async function tellRole(terminal: Terminal, useCases: UseCases, name: string): Promise<void> {
  const listed = await useCases.access.listPermissions(SYSTEM_ACTOR)
  const found =
    listed.find(({ role }) => role === name) ?? listed.find(({ role }) => role === name.toLowerCase())
  tell(terminal, found ?? { role: name, permissions: [] })
}

function tell(
  terminal: Terminal,
  { role, permissions }: Pick<RolePermissions, 'role' | 'permissions'>,
): void {
  if (terminal.json) terminal.print(JSON.stringify({ role, permissions }))
  else terminal.print(`${role}  ${inWords(permissions)}`)
}

function inWords(permissions: RolePermissions['permissions']): string {
  if (permissions.length === PERMISSIONS.length) return 'all'
  return permissions.length === 0 ? 'none' : permissions.join(' ')
}
