import { booleanOf } from '../../domain/patch/boolean-of.ts'
import { formatPointer } from '../../domain/patch/json-pointer.ts'
import type { PatchOperation } from '../../domain/patch/parse-patch.ts'
import { PatchError } from '../../domain/patch/patch-error.ts'
import { readEmail } from '../../domain/people/email.ts'
import type { Person } from '../../domain/records/record.ts'

/**
 * Replaces a property of an account: `/email`, `/netid`, `/canLogIn` or `/certificate`. The contract writes `/canLogin`,
 * the web client `/canLogIn`: the case of letters does not matter.
 *
 * @throws PatchError `PATCH_INVALID` for another operation or value, and for a netid that was never set
 * @throws DomainError `INVALID` when the address is none
 */
export function patchAccount(person: Person, operation: PatchOperation, index: number): Person {
  const path = formatPointer(operation.path)
  const refuse = (reason: string): never => {
    throw new PatchError('PATCH_INVALID', `${operation.op} "${path}": ${reason}`, index)
  }
  if (operation.op !== 'replace') return refuse('a person knows no such operation')
  const { value } = operation
  switch (path.toLowerCase()) {
    case '/email':
      return { ...person, email: readEmail(typeof value === 'string' ? value : refuse('it is a text')) }
    case '/netid':
      // RestContract epersons.md, "Replace": only what exists can be replaced.
      if (person.netid === null) return refuse('there is none yet')
      return { ...person, netid: typeof value === 'string' ? value : refuse('it is a text') }
    case '/canlogin':
      return { ...person, canLogIn: booleanOf(value) ?? refuse('it is true or false') }
    case '/certificate':
      return { ...person, requireCertificate: booleanOf(value) ?? refuse('it is true or false') }
    default:
      return refuse('a person has no such property')
  }
}
