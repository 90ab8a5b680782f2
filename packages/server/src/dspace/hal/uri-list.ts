import { DomainError } from '@hexapla/repository'
import { HttpError } from '@hexapla/rest'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * The uuids that the addresses of a `text/uri-list` end in. Only the path counts: clients may know the server under
 * another name.
 *
 * @param place what stands before the uuid, e.g. `core/collections`
 * @throws DomainError `REFERENCE_INVALID` for an address of something else
 */
export function uuidsOf(uris: readonly string[], place: string): string[] {
  return uris.map((uri) => lastStep(uri, place, UUID))
}

/** The same for resources with numbers. */
export function numbersOf(uris: readonly string[], place: string): number[] {
  return uris.map((uri) => Number(lastStep(uri, place, /^\d{1,9}$/)))
}

/**
 * The only element of a list: an association to one resource takes exactly one (RestContract README, "On sub-path of
 * a single resource endpoint").
 *
 * @param status where the contract of an address has another one
 * @throws HttpError 400 `one-uri-expected`
 */
export function single<T>(values: readonly T[], status = 400): T {
  const [value, ...others] = values
  if (value === undefined || others.length > 0) {
    throw new HttpError(status, 'one-uri-expected', `Exactly one URI is expected, not ${values.length}`)
  }
  return value
}

function lastStep(uri: string, place: string, form: RegExp): string {
  const path = uri.replace(/[?#].*$/, '')
  const at = path.lastIndexOf('/')
  const [before, last] = [path.slice(0, at), path.slice(at + 1)]
  if (before.endsWith(`/${place}`) && form.test(last)) return last.toLowerCase()
  throw new DomainError('REFERENCE_INVALID', `${uri} is no address of one of ${place}`, { reference: uri })
}
