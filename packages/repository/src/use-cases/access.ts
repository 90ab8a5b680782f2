import { actOnBehalf } from '../services/access/act-on-behalf.ts'
import { authenticateIdentity } from '../services/access/authenticate-identity.ts'
import { authenticate } from '../services/access/authenticate.ts'
import { changeGrantee } from '../services/access/change-grantee.ts'
import { grantPermissions, revokePermissions } from '../services/access/change-permissions.ts'
import { createRoleGroup } from '../services/access/create-role-group.ts'
import { deletePolicy } from '../services/access/delete-policy.ts'
import { deleteRoleGroup } from '../services/access/delete-role-group.ts'
import { grantPolicy } from '../services/access/grant-policy.ts'
import { listPermissions } from '../services/access/list-permissions.ts'
import { listPolicies, listPoliciesOf } from '../services/access/list-policies.ts'
import { logIn } from '../services/access/log-in.ts'
import { logOut } from '../services/access/log-out.ts'
import { patchPolicy } from '../services/access/patch-policy.ts'
import { readGrantee, readPolicy } from '../services/access/read-policy.ts'
import { readRoleGroup } from '../services/access/read-role-group.ts'
import { signIn } from '../services/access/sign-in.ts'
import { authenticateToken } from '../services/tokens/authenticate-token.ts'
import type { UseCaseDeps } from './deps.ts'

/** Who may do what: signing in, resource policies, permissions, the groups of roles. */
export function accessUseCases(deps: UseCaseDeps) {
  return {
    actOnBehalf: actOnBehalf(deps),
    anonymous: () => deps.reading.actors.anonymous(),
    authenticate: authenticate(deps),
    authenticateIdentity: authenticateIdentity(deps),
    authenticateToken: authenticateToken(deps),
    changeGrantee: changeGrantee(deps),
    createRoleGroup: createRoleGroup(deps),
    deletePolicy: deletePolicy(deps),
    deleteRoleGroup: deleteRoleGroup(deps),
    grantPermissions: grantPermissions(deps),
    grantPolicy: grantPolicy(deps),
    listPermissions: listPermissions(deps),
    listPolicies: listPolicies(deps),
    listPoliciesOf: listPoliciesOf(deps),
    logIn: logIn(deps),
    logOut: logOut(deps),
    patchPolicy: patchPolicy(deps),
    readGrantee: readGrantee(deps),
    readPolicy: readPolicy(deps),
    readRoleGroup: readRoleGroup(deps),
    revokePermissions: revokePermissions(deps),
    signIn: signIn(deps),
  }
}
