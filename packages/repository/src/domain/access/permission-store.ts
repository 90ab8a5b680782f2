import type { Permission } from './permission.ts'

/** Whom permissions are given to: everybody, everybody who has signed in, or a group. */
export type Role = 'anonymous' | 'authenticated' | { readonly groupId: string }

/** A role with what it was given. */
export interface RolePermissions {
  /** `anonymous`, `authenticated`, or the name of a group. */
  readonly role: string
  /** Undefined for the two that are no groups. */
  readonly groupId: string | undefined
  readonly permissions: readonly Permission[]
}

export interface PermissionReader {
  /** Every role that was given anything: the groups by name, behind the two others. */
  ofRoles(): Promise<readonly RolePermissions[]>
}

export interface PermissionStore extends PermissionReader {
  /** Those that the role has already stay as they are. */
  give(role: Role, permissions: readonly Permission[]): Promise<void>
  /** Those that the role has not do not matter. */
  take(role: Role, permissions: readonly Permission[]): Promise<void>
}
