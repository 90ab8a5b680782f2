import { HttpError, type RestRequest } from '@hexapla/rest'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether a text is a uuid, in any case. */
export function isUuid(text: string): boolean {
  return UUID.test(text)
}

/**
 * The uuid in the path. What is none names nothing.
 *
 * @throws HttpError 404 `path-unknown`
 */
export function uuidOf(request: RestRequest, name = 'id'): string {
  const value = request.param(name)
  if (UUID.test(value)) return value.toLowerCase()
  throw new HttpError(404, 'path-unknown', `${value} is no uuid`)
}

/**
 * The number in the path.
 *
 * @throws HttpError 404 `path-unknown`
 */
export function numberOf(request: RestRequest, name = 'id'): number {
  const value = request.param(name)
  if (/^\d{1,9}$/.test(value)) return Number(value)
  throw new HttpError(404, 'path-unknown', `${value} is no number`)
}

/**
 * A uuid that the query must name.
 *
 * @throws HttpError 400 `argument-invalid`
 */
export function queryUuid(request: RestRequest, name: string): string {
  const value = request.query.get(name) ?? ''
  if (UUID.test(value)) return value.toLowerCase()
  throw new HttpError(400, 'argument-invalid', `The parameter ${name} must be a uuid`, {
    fields: [{ name, message: 'must be a uuid' }],
  })
}

/**
 * The same, of a uuid that the query may leave out; an empty one counts as left out (dspace-ui 2.5).
 *
 * @throws HttpError 400 `argument-invalid`
 */
export function optionalQueryUuid(request: RestRequest, name: string): string | undefined {
  return (request.query.get(name) ?? '') === '' ? undefined : queryUuid(request, name)
}
