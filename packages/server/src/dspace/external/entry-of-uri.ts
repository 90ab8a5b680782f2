import { DomainError } from '@hexapla/repository'

/**
 * The entry of an external source that an address names. Only the path counts: clients may know the server under another
 * name. Ids with slashes are taken encoded or not.
 *
 * @throws DomainError `REFERENCE_INVALID` for an address of something else
 */
export function entryOfUri(uri: string): { readonly sourceId: string; readonly id: string } {
  const path = uri.replace(/[?#].*$/, '')
  const found = /\/integration\/externalsources\/([^/]+)\/entryValues\/(.+)$/.exec(path)
  const [sourceId, id] = [decoded(found?.[1]), decoded(found?.[2])]
  if (sourceId !== undefined && id !== undefined) return { sourceId, id }
  throw new DomainError('REFERENCE_INVALID', `${uri} is no address of an entry of an external source`, {
    reference: uri,
  })
}

function decoded(step: string | undefined): string | undefined {
  try {
    return step === undefined ? undefined : decodeURIComponent(step)
  } catch {
    // A percent sign that encodes nothing names nothing.
    return undefined
  }
}
