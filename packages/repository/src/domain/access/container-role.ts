import type { Action } from './policy.ts'

/** The roles that a group can hold in a community. */
export const COMMUNITY_ROLES = ['admin'] as const

/** The roles that a group can hold in a collection: its own, then the steps of the default workflow. */
export const COLLECTION_ROLES = [
  'admin',
  'submit',
  'item_read',
  'bitstream_read',
  'reviewer',
  'editor',
  'finaleditor',
] as const

/** The steps of the default workflow that a collection can have a group for. */
export const WORKFLOW_ROLES = ['reviewer', 'editor', 'finaleditor'] as const

export type ContainerRole = (typeof COLLECTION_ROLES)[number]

/** What holding a role means. */
export interface RoleRule {
  /** What a group with the role may do to the community or collection. */
  readonly action: Action
  /** Whether a group with the role takes the place of Anonymous, which comes back when the group goes. */
  readonly replacesAnonymous: boolean
}

/** The rule of each role, as the original's collection and workflow services have them. */
export const ROLE_RULES: Readonly<Record<ContainerRole, RoleRule>> = {
  admin: { action: 'ADMIN', replacesAnonymous: false },
  submit: { action: 'ADD', replacesAnonymous: false },
  item_read: { action: 'DEFAULT_ITEM_READ', replacesAnonymous: true },
  bitstream_read: { action: 'DEFAULT_BITSTREAM_READ', replacesAnonymous: true },
  reviewer: { action: 'ADD', replacesAnonymous: false },
  editor: { action: 'ADD', replacesAnonymous: false },
  finaleditor: { action: 'ADD', replacesAnonymous: false },
}

/** A community or collection. */
export interface ContainerReference {
  readonly kind: 'community' | 'collection'
  readonly id: string
}

/** Whether a kind of container knows a role. */
export function hasRole(kind: ContainerReference['kind'], role: ContainerRole): boolean {
  const roles: readonly string[] = kind === 'community' ? COMMUNITY_ROLES : COLLECTION_ROLES
  return roles.includes(role)
}

/**
 * The name of the group with a role.
 *
 * @example
 * roleGroupName({ kind: 'collection', id: '…' }, 'submit') // COLLECTION_…_SUBMIT
 */
export function roleGroupName({ kind, id }: ContainerReference, role: ContainerRole): string {
  return `${kind.toUpperCase()}_${id}_${NAME_ENDS[role]}`
}

const NAME_ENDS: Readonly<Record<ContainerRole, string>> = {
  admin: 'ADMIN',
  submit: 'SUBMIT',
  item_read: 'ITEM_DEFAULT_READ',
  bitstream_read: 'BITSTREAM_DEFAULT_READ',
  reviewer: 'WORKFLOW_ROLE_reviewer',
  editor: 'WORKFLOW_ROLE_editor',
  finaleditor: 'WORKFLOW_ROLE_finaleditor',
}
