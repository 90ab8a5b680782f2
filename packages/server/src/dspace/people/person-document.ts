import type { UseCases } from '@hexapla/repository'
import { ArgumentHandler, boolean, nullable, string, type RestRequest } from '@hexapla/rest'
import { parseMetadata } from '../hal/metadata-document.ts'

type NewPerson = Parameters<UseCases['people']['create']>[1]

/** Without an address the use case refuses it with 422, as the contract wants. */
export const personDocument = new ArgumentHandler('json', { unrecognized: 'ignore' })
  .add('email', { type: nullable(string()), default: null })
  .add('netid', { type: nullable(string()), default: null })
  .add('password', { type: nullable(string()), default: null })
  .add('canLogIn', { type: nullable(boolean()), default: null })
  .add('requireCertificate', { type: nullable(boolean()), default: null })
  .add('metadata', { type: (raw: unknown) => raw, default: undefined })

/**
 * Reads the document of a new person (RestContract epersons.md, "Create new EPerson").
 *
 * @throws HttpError 400 `invalid-arguments`, 422 `metadata-invalid`
 */
export async function readPersonDocument(request: RestRequest): Promise<NewPerson> {
  const { email, netid, password, canLogIn, requireCertificate, metadata } =
    await personDocument.parse(request)
  return {
    email: email ?? '',
    metadata: parseMetadata(metadata),
    netid: netid === '' ? null : netid,
    ...(password === null ? {} : { password }),
    ...(canLogIn === null ? {} : { canLogIn }),
    ...(requireCertificate === null ? {} : { requireCertificate }),
  }
}
