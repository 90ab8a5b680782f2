/** What a policy permits; the names are DSpace's (org.dspace.core.Constants). */
export const ACTIONS = [
  'READ',
  'WRITE',
  'ADD',
  'REMOVE',
  'DELETE',
  'ADMIN',
  'DEFAULT_ITEM_READ',
  'DEFAULT_BITSTREAM_READ',
  'WITHDRAWN_READ',
] as const

export type Action = (typeof ACTIONS)[number]

/**
 * Where a policy comes from: inherited ones are replaced when an item moves, custom ones stay. Those of the origin `owner`
 * are like custom ones: each lets administer an item whoever ingested it.
 */
export type PolicyOrigin = 'inherited' | 'custom' | 'submission' | 'workflow' | 'owner'

/** One right on one resource for a person or a group, from and until a day (both inclusive). */
export interface Policy {
  readonly action: Action
  readonly personId: string | null
  readonly groupId: string | null
  /** First day of validity, `YYYY-MM-DD`, or null. */
  readonly startDate: string | null
  /** Last day of validity, `YYYY-MM-DD`, or null. */
  readonly endDate: string | null
}

/** A policy as it is kept, with what people wrote about it. */
export interface ResourcePolicy extends Policy {
  readonly id: number
  readonly resourceId: string
  readonly name: string | null
  readonly description: string | null
  readonly origin: PolicyOrigin
}

/** Whom a policy names: one of the two. */
export type Grantee = { readonly personId: string } | { readonly groupId: string }

/** A policy about to be stored. */
export type NewPolicy = Omit<ResourcePolicy, 'id'>

/** An inherited policy that lets a group do something, without dates. */
export function groupPolicy(resourceId: string, action: Action, groupId: string): NewPolicy {
  return { ...PLAIN, resourceId, action, groupId, personId: null, origin: 'inherited' }
}

/** Lets whoever ingested an item administer it, until somebody takes the policy away. */
export function ownerPolicy(resourceId: string, personId: string): NewPolicy {
  return { ...PLAIN, resourceId, action: 'ADMIN', groupId: null, personId, origin: 'owner' }
}

const PLAIN = { startDate: null, endDate: null, name: null, description: null } as const
