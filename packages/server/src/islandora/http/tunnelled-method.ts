import { HttpError } from '@hexapla/rest'
import { textField, type Fields } from './fields.ts'

/**
 * The method that a POST stands for, by its field `method` (document 004, "Documentation").
 *
 * @param allowed those that there are at the address
 * @throws HttpError 405 `method-not-allowed`
 */
export function tunnelledMethod<const T extends string>(fields: Fields, allowed: readonly T[]): T {
  const name = (textField(fields, 'method') ?? 'POST').toUpperCase()
  const method = allowed.find((one) => one === name)
  if (method === undefined) {
    throw new HttpError(405, 'method-not-allowed', `${name} is not possible here`, {
      headers: { allow: ['GET', 'HEAD', 'OPTIONS', ...allowed].join(', ') },
    })
  }
  return method
}
