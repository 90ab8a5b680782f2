import { parseTerms, type Grantee, type PolicyTerms } from '@hexapla/repository'
import { HttpError, type RestRequest } from '@hexapla/rest'
import { isObject } from '../hal/metadata-document.ts'
import { optionalQueryUuid } from '../hal/path-id.ts'
import { textOf } from '../hal/record-document.ts'

/**
 * Reads the document of a new policy.
 *
 * @throws HttpError 422 `document-invalid` for anything but the document of a policy
 * @throws DomainError `INVALID` with `field`
 */
export function parsePolicyDocument(document: unknown): PolicyTerms {
  if (!isObject(document)) throw new HttpError(422, 'document-invalid', 'A JSON object is expected')
  const type = textOf(document['type'])
  if (type !== undefined && type !== 'resourcepolicy') {
    const message = 'must be resourcepolicy'
    throw new HttpError(422, 'document-invalid', `type ${message}`, { fields: [{ name: 'type', message }] })
  }
  return parseTerms(document)
}

/**
 * Whom a new policy is for: exactly one of `eperson` and `group` (RestContract resourcepolicies.md, "Creating a resource
 * policy").
 *
 * @throws HttpError 400 `argument-invalid`
 */
export function queryGrantee(request: RestRequest): Grantee {
  const personId = optionalQueryUuid(request, 'eperson')
  const groupId = optionalQueryUuid(request, 'group')
  if (personId !== undefined && groupId === undefined) return { personId }
  if (groupId !== undefined && personId === undefined) return { groupId }
  const message = 'exactly one of eperson and group is needed'
  throw new HttpError(400, 'argument-invalid', `Of the parameters, ${message}`, {
    fields: [
      { name: 'eperson', message },
      { name: 'group', message },
    ],
  })
}
