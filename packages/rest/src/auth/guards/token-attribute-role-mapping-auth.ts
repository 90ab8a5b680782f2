import { readTemplate } from '../python/python-template.ts'
import type { TokenClaims } from '../token-claims.ts'
import { readExpression } from './attribute-expression.ts'
import { grantedGroupsKey } from './granted.ts'
import { guardBy, type Guard } from './guard.ts'
import { requireRole, type RoleOptions } from './require-role.ts'

/**
 * Names of roles or groups, and expressions of which one is enough to have the name. A name may hold what an expression
 * captured: `\1`, `\g<name>`.
 */
export type AttributeMapping = Readonly<Record<string, readonly string[]>>

/** Options of {@link tokenAttributeRoleMappingAuth}. */
export interface RoleMappingOptions {
  readonly roleAttributes: AttributeMapping
  readonly groupAttributes?: AttributeMapping
}

/**
 * Makes guards by roles that are read from claims. An expression is `claim=pattern`; `outer.inner` reaches inside, a list
 * matches by any of its texts, and `scope` is a list with spaces between its items. Patterns are those of Python's `re`,
 * and match whole texts; what JavaScript has no equal for is refused here and now.
 *
 * A pattern meets whatever is in a token, which may be what a person calls itself: nested repetitions such as `(a+)+`
 * can take time that grows exponentially with the text. Write patterns whose parts cannot match the same text.
 *
 * The guards leave `grantedRolesKey` and `grantedGroupsKey`. Otherwise 403 `authorization-failed`, or as `authenticated`
 * without a valid token.
 *
 * @throws TypeError for an expression or a name that cannot be used
 * @example
 * const roles = tokenAttributeRoleMappingAuth({
 *   roleAttributes: { write: ['groups=orchard-write', 'groups=admins'], read: ['groups=.*'] },
 *   groupAttributes: { '\\1': ['groups=orchard-(.*)'] },
 * })
 * server.addRoute('/fruits', protect(Fruits, { get: roles({ roles: ['read'] }), post: roles({ roles: ['write'] }) }))
 */
export function tokenAttributeRoleMappingAuth(options: RoleMappingOptions): (options: RoleOptions) => Guard {
  const roleNames = readMapping(options.roleAttributes)
  const groupNames = readMapping(options.groupAttributes ?? {})
  return ({ roles }) =>
    guardBy(
      (request) => {
        const claims = requireRole(request, roles, roleNames)
        request.state.set(grantedGroupsKey, groupNames(claims).sort())
      },
      { roles },
    )
}

/** Reads a mapping once; the result says which names the claims have. */
function readMapping(mapping: AttributeMapping): (claims: TokenClaims) => string[] {
  const rules = Object.entries(mapping).flatMap(([name, expressions]) =>
    expressions.map((text) => {
      const { pattern, matches } = readExpression(text)
      const expand = readTemplate(name, pattern)
      return (claims: TokenClaims) => matches(claims).map(expand)
    }),
  )
  return (claims) => [...new Set(rules.flatMap((rule) => rule(claims)))]
}
