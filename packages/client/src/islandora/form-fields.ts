/** Values of a form by name; `undefined` leaves one out. */
export type FormValues = Readonly<Record<string, string | boolean | undefined>>

/** Values as forms write them: PHP takes every text for true but an empty one and `0`. */
export function formFields(values: FormValues): Record<string, string> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    given.map(([name, value]) => [name, typeof value === 'boolean' ? String(Number(value)) : String(value)]),
  )
}
