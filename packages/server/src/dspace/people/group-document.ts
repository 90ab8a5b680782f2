import type { UseCases } from '@hexapla/repository'
import { ArgumentHandler, boolean, nullable, string, type RestRequest } from '@hexapla/rest'
import { parseMetadata } from '../hal/metadata-document.ts'

type NewGroup = Parameters<UseCases['groups']['create']>[1]

/** Without a name the use case refuses it with 422, as the contract wants. */
export const groupDocument = new ArgumentHandler('json', { unrecognized: 'ignore' })
  .add('name', { type: nullable(string()), default: null })
  .add('permanent', { type: nullable(boolean()), default: null })
  .add('metadata', { type: (raw: unknown) => raw, default: undefined })

/**
 * Reads the document of a new group (RestContract epersongroups.md, "Create new EPerson Group").
 *
 * @throws HttpError 400 `invalid-arguments`, 422 `metadata-invalid`
 */
export async function readGroupDocument(request: RestRequest): Promise<NewGroup> {
  const { name, permanent, metadata } = await groupDocument.parse(request)
  return { name: name ?? '', permanent: permanent ?? false, metadata: parseMetadata(metadata) }
}
