import { HttpError } from '@hexapla/rest'

/** The values of a form or of a JSON object, by name. */
export type Fields = ReadonlyMap<string, unknown>

/**
 * A value that is text, or was a number in JSON; undefined when it is absent or null.
 *
 * @throws HttpError 400 `field-invalid`
 */
export function textField(fields: Fields, name: string): string | undefined {
  const value = fields.get(name) ?? undefined
  if (value === undefined || typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  throw invalidField(name, 'must be a string')
}

/**
 * A value that is one of a few.
 *
 * @throws HttpError 400 `field-invalid`
 */
export function choiceField<const T extends string>(
  fields: Fields,
  name: string,
  choices: readonly T[],
): T | undefined {
  const text = textField(fields, name)
  const choice = choices.find((one) => one === text)
  if (text !== undefined && choice === undefined) {
    throw invalidField(name, `must be one of ${choices.join(', ')}`)
  }
  return choice
}

/** What clients write for a state: its letter or, as the index does, its name. */
export const STATE_NAMES = { A: 'A', I: 'I', D: 'D', Active: 'A', Inactive: 'I', Deleted: 'D' } as const

/**
 * A state.
 *
 * @throws HttpError 400 `field-invalid`
 */
export function stateField(fields: Fields): 'A' | 'I' | 'D' | undefined {
  const name = choiceField(fields, 'state', Object.keys(STATE_NAMES) as (keyof typeof STATE_NAMES)[])
  return name && STATE_NAMES[name]
}

/**
 * `true` or `false`, as forms and programs write them.
 *
 * @throws HttpError 400 `field-invalid`
 */
export function booleanField(fields: Fields, name: string): boolean | undefined {
  const value = fields.get(name)
  if (typeof value === 'boolean') return value
  const word = textField(fields, name)?.toLowerCase()
  if (word === undefined) return undefined
  if (word === 'true' || word === '1') return true
  if (word === 'false' || word === '0' || word === '') return false
  throw invalidField(name, 'must be true or false')
}

/**
 * A whole number, as forms and programs write it.
 *
 * @throws HttpError 400 `field-invalid`
 */
export function wholeNumberField(fields: Fields, name: string): number | undefined {
  const text = textField(fields, name)
  if (text === undefined || text === '') return undefined
  if (!/^-?\d{1,15}$/.test(text)) throw invalidField(name, 'must be a whole number')
  return Number(text)
}

/**
 * A moment as Fedora writes it, `yyyy-MM-ddTHH:mm:ss.SSSZ`.
 *
 * @throws HttpError 400 `field-invalid`
 */
export function momentField(fields: Fields, name: string): Date | undefined {
  const text = textField(fields, name)
  if (text === undefined || text === '') return undefined
  const moment = new Date(text)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/.test(text) || Number.isNaN(moment.getTime())) {
    throw invalidField(name, 'must be a moment like 2013-06-23T07:28:32.787Z')
  }
  return moment
}

/** The refusal of a value. */
export function invalidField(name: string, message: string): HttpError {
  return new HttpError(400, 'field-invalid', `The parameter ${name} ${message}`, {
    fields: [{ name, message }],
  })
}
