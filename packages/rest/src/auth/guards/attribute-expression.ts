import { claimTexts, scopes } from '../claim-values.ts'
import { translatePython, type PythonPattern } from '../python/python-pattern.ts'
import type { TokenClaims } from '../token-claims.ts'

/** An expression such as `realm_access.roles=fruit-(.*)`, ready for any token. */
export interface AttributeExpression {
  readonly pattern: PythonPattern
  /** One match for each text of the claim that the pattern matches as a whole. */
  readonly matches: (claims: TokenClaims) => readonly RegExpExecArray[]
}

/**
 * Reads `claim=pattern` or `outer.inner=pattern`. `scope` is a list, with spaces between its items.
 *
 * @throws TypeError without a claim or a `=`, and for a pattern that cannot be translated
 */
export function readExpression(expression: string): AttributeExpression {
  const end = expression.indexOf('=')
  if (end < 1) throw new TypeError(`the expression ${expression} is not claim=pattern`)
  const name = expression.slice(0, end)
  const path = name.split('.')
  const pattern = translatePython(expression.slice(end + 1))
  const texts = name === 'scope' ? scopes : (claims: TokenClaims) => claimTexts(claims, path)
  return {
    pattern,
    matches: (claims) =>
      texts(claims).flatMap((text) => {
        const match = pattern.regexp.exec(text)
        return match === null ? [] : [match]
      }),
  }
}
