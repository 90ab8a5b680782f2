import { HttpError, type RestRequest } from '@hexapla/rest'

/**
 * A text that the query must have.
 *
 * @throws HttpError 400 `argument-invalid`
 */
export function queryText(request: RestRequest, name: string): string {
  const value = request.query.get(name)?.trim() ?? ''
  return value === '' ? refuse(name, 'is missing') : value
}

/**
 * A number that the query must have.
 *
 * @throws HttpError 400 `argument-invalid`
 */
export function queryNumber(request: RestRequest, name: string): number {
  const value = queryText(request, name)
  return /^\d{1,9}$/.test(value) ? Number(value) : refuse(name, 'must be a number')
}

function refuse(name: string, message: string): never {
  throw new HttpError(400, 'argument-invalid', `The parameter ${name} ${message}`, {
    fields: [{ name, message }],
  })
}
