import type { CopyChoice, KeepChoice } from '@hexapla/repository'
import { HttpError, type RestRequest } from '@hexapla/rest'

const PARAMETER = 'copyVirtualMetadata'
const SIDES: readonly CopyChoice[] = ['none', 'left', 'right', 'all', 'configured']

/**
 * What the deletion of a relationship leaves to its items (RestContract relationships.md, "Deleting a relationship").
 *
 * @throws HttpError 400 `argument-invalid`
 */
export function parseCopyChoice(request: RestRequest): CopyChoice {
  const value = request.query.get(PARAMETER)
  if (value === null) return 'none'
  return SIDES.find((choice) => choice === value) ?? refuse(`is one of ${SIDES.join(', ')}`)
}

/**
 * What the deletion of an item leaves to those related to it (RestContract items.md, "Deleting an item"). Each of
 * several ids of relationship types counts.
 *
 * @throws HttpError 400 `argument-invalid`
 */
export function parseKeepChoice(request: RestRequest): KeepChoice {
  const values = request.query.getAll(PARAMETER)
  const [value = 'none'] = values
  if (values.length <= 1 && (value === 'none' || value === 'all' || value === 'configured')) return value
  if (values.every((id) => /^\d{1,9}$/.test(id))) return values.map(Number)
  return refuse('is all, configured, none, or ids of relationship types')
}

function refuse(message: string): never {
  throw new HttpError(400, 'argument-invalid', `The parameter ${PARAMETER} ${message}`, {
    fields: [{ name: PARAMETER, message }],
  })
}
