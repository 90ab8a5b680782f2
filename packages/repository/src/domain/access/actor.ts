import type { Permission } from './permission.ts'
import type { Scope } from './scope.ts'

/** The group that everybody belongs to, signed in or not. */
export const ANONYMOUS_GROUP = '00000000-0000-4000-8000-000000000001'
/** The group whose members may do everything. */
export const ADMINISTRATOR_GROUP = '00000000-0000-4000-8000-000000000002'

/**
 * Who asks. Every use case takes it first; nothing reads an ambient user.
 */
export interface Actor {
  /** The signed-in person's uuid, or null for an anonymous visitor. */
  readonly personId: string | null
  /** Every group the actor is in, through nesting too; always holds {@link ANONYMOUS_GROUP}. */
  readonly groupIds: readonly string[]
  /** Communities and collections that the actor administers, closed downwards through the hierarchy. */
  readonly administers: readonly string[]
  /** Member of {@link ADMINISTRATOR_GROUP}. */
  readonly isAdministrator: boolean
  /** What the actor's roles hold; administrators hold every permission without it, see `holds`. */
  readonly permissions: readonly Permission[]
  /** Groups given by the way of signing in rather than by membership (`sg` of the token). */
  readonly specialGroupIds: readonly string[]
  /** How far the API token that was presented reaches; `admin` where nothing narrows what the actor may. */
  readonly scope: Scope
  /** The administrator who acts in the actor's place. */
  readonly actedBy?: string
}

/** The system itself: first start, imports run by the operator, jobs. */
export const SYSTEM_ACTOR: Actor = {
  personId: null,
  groupIds: [ANONYMOUS_GROUP, ADMINISTRATOR_GROUP],
  administers: [],
  isAdministrator: true,
  permissions: [],
  specialGroupIds: [],
  scope: 'admin',
}
