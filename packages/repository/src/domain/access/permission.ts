import type { Actor } from './actor.ts'
import { reaches } from './scope.ts'

/**
 * What roles may do with the Islandora dialect, and the permission of Islandora itself that each is mapped to (document 004,
 * "Permission Mappings"). Searching has its permission from another module, which is mapped to none.
 */
export const CORE_PERMISSIONS = {
  ISLANDORA_REST_OBJECT_GET_PERM: 'ISLANDORA_VIEW_OBJECTS',
  ISLANDORA_REST_OBJECT_PUT_PERM: 'ISLANDORA_MANAGE_PROPERTIES',
  ISLANDORA_REST_OBJECT_POST_PERM: 'ISLANDORA_INGEST',
  ISLANDORA_REST_OBJECT_DELETE_PERM: 'ISLANDORA_PURGE',
  ISLANDORA_REST_DATASTREAM_GET_PERM: 'ISLANDORA_VIEW_OBJECTS',
  ISLANDORA_REST_DATASTREAM_PUT_PERM: 'ISLANDORA_METADATA_EDIT',
  ISLANDORA_REST_DATASTREAM_POST_PERM: 'ISLANDORA_ADD_DS',
  ISLANDORA_REST_DATASTREAM_DELETE_PERM: 'ISLANDORA_PURGE',
  ISLANDORA_REST_DATASTREAM_TOKEN_GET_PERM: 'ISLANDORA_VIEW_OBJECTS',
  ISLANDORA_REST_RELATIONSHIP_GET_PERM: 'ISLANDORA_VIEW_OBJECTS',
  ISLANDORA_REST_RELATIONSHIP_POST_PERM: 'ISLANDORA_METADATA_EDIT',
  ISLANDORA_REST_RELATIONSHIP_DELETE_PERM: 'ISLANDORA_PURGE',
  ISLANDORA_SOLR_SEARCH_PERM: null,
} as const

export type Permission = keyof typeof CORE_PERMISSIONS

export const PERMISSIONS = Object.keys(CORE_PERMISSIONS) as readonly Permission[]

/** Whether a permission is about reading alone. */
export function isForReading(permission: Permission): boolean {
  const core = CORE_PERMISSIONS[permission]
  return core === null || core === 'ISLANDORA_VIEW_OBJECTS'
}

/** Whether somebody holds a permission, by a role. Administrators hold every one. */
export function holds(
  actor: Pick<Actor, 'permissions' | 'isAdministrator' | 'scope'>,
  permission: Permission,
): boolean {
  if (!reaches(actor, isForReading(permission) ? 'read' : 'write')) return false
  return actor.isAdministrator || actor.permissions.includes(permission)
}
