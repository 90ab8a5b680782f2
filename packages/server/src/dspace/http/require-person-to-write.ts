import { DomainError, type Actor } from '@hexapla/repository'
import type { RestRequest } from '@hexapla/rest'

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])
/** What people send before they have signed in, and after. */
const OPEN_TO_VISITORS: ReadonlySet<string> = new Set(['/server/api/authn/login', '/server/api/authn/logout'])

/**
 * Refuses visitors who want to change something, before anything is read of what they send: what is sent may be wrong in
 * other ways too, but 401 comes first ("if you are not authenticated" of every write in the contract).
 *
 * @throws DomainError `NOT_SIGNED_IN`
 */
export function requirePersonToWrite(request: RestRequest, actor: () => Actor): void {
  const { method, path } = request
  if (SAFE_METHODS.has(method) || OPEN_TO_VISITORS.has(path)) return
  if (actor().personId === null) {
    throw new DomainError('NOT_SIGNED_IN', `${method} is for people who have signed in`)
  }
}
