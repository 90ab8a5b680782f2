import { StateKey } from '../../request-state.ts'

/** Which of the wanted roles the token has, in alphabetical order; left by every guard of roles. */
export const grantedRolesKey = new StateKey<readonly string[]>('granted roles')

/** Which groups the token has, in alphabetical order; left by `tokenAttributeRoleMappingAuth`. */
export const grantedGroupsKey = new StateKey<readonly string[]>('granted groups')
