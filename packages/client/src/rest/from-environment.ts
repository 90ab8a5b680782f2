import { EnvironmentError } from '../errors.ts'

/** Settings with their values when unset; `null` for one that must be set, as text. */
export type EnvironmentDefaults = Readonly<Record<string, string | number | boolean | null>>

/** Settings as read: each of the type of its default. */
export type EnvironmentValues<Defaults extends EnvironmentDefaults> = {
  readonly [Name in keyof Defaults]: Defaults[Name] extends boolean
    ? boolean
    : Defaults[Name] extends number
      ? number
      : string
}

// The words of Python's `strtobool`, which WIPAC's programs are set up with.
const booleans: ReadonlyMap<string, boolean> = new Map([
  ...['y', 'yes', 't', 'true', 'on', '1'].map((word) => [word, true] as const),
  ...['n', 'no', 'f', 'false', 'off', '0'].map((word) => [word, false] as const),
])

/**
 * Reads settings of a service out of the environment, each converted to the type of its default.
 *
 * @param environment such as `process.env`
 * @throws {EnvironmentError} `environment_invalid`, with every fault
 *
 * @example
 * const settings = fromEnvironment({ API: null, PORT: 8080, DEBUG: false }, process.env)
 * const api = new RestClient(settings.API) // a string; PORT is a number, DEBUG a boolean
 */
export function fromEnvironment<const Defaults extends EnvironmentDefaults>(
  defaults: Defaults,
  environment: Readonly<Record<string, string | undefined>>,
): EnvironmentValues<Defaults> {
  const faults: string[] = []
  const values = Object.entries(defaults).map(([name, fallback]) => {
    const text = environment[name]
    const value = text === undefined ? (fallback ?? undefined) : convert(text, fallback)
    if (value === undefined)
      faults.push(text === undefined ? `${name} is not set` : `${name} is no ${typeof fallback}`)
    return [name, value] as const
  })
  if (faults.length > 0) throw new EnvironmentError(faults)
  // Without faults there is a value of the right type under every name.
  return Object.fromEntries(values) as EnvironmentValues<Defaults>
}

function convert(text: string, fallback: EnvironmentDefaults[string] | undefined) {
  if (typeof fallback === 'boolean') return booleans.get(text.toLowerCase())
  if (typeof fallback !== 'number') return text
  const number = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : undefined
}
