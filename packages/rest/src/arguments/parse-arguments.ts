import type { FieldFault } from '../http-error.ts'
import type { ArgumentSpec } from './argument-spec.ts'
import { ArgumentTypeError, type ArgumentSource } from './argument-type.ts'

interface ParseSettings {
  readonly source: ArgumentSource
  readonly refuseUnknown: boolean
}

/**
 * Reads every argument of `specs` from `given`; what is wrong is added to `faults`, so that all of it is told at
 * once. In queries and forms a given value is the list of the values of its key.
 */
export function parseArguments(
  given: ReadonlyMap<string, unknown>,
  specs: ReadonlyMap<string, ArgumentSpec>,
  settings: ParseSettings,
  faults: FieldFault[],
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const [name, spec] of specs) {
    const before = faults.length
    const value = readOne(name, given.get(name), spec, settings, faults)
    if (faults.length === before) define(values, spec.dest ?? name, value)
  }
  if (settings.refuseUnknown) {
    for (const name of given.keys()) {
      if (!specs.has(name)) faults.push({ name, message: 'is not known here' })
    }
  }
  return values
}

function readOne(
  name: string,
  raw: unknown,
  spec: ArgumentSpec,
  settings: ParseSettings,
  faults: FieldFault[],
): unknown {
  if (raw === undefined) {
    if ('default' in spec) return spec.default
    if (spec.repeated === true && spec.required !== true) return []
    if (spec.required !== false) faults.push({ name, message: 'is required' })
    return undefined
  }
  const single = settings.source === 'json' ? [raw] : (raw as string[])
  if (spec.repeated === true) {
    const several = settings.source === 'json' && Array.isArray(raw) ? (raw as unknown[]) : single
    return several.map((value) => readValue(name, value, spec, settings, faults))
  }
  if (single.length > 1) {
    faults.push({ name, message: 'is given more than once' })
    return undefined
  }
  return readValue(name, single[0], spec, settings, faults)
}

function readValue(
  name: string,
  raw: unknown,
  spec: ArgumentSpec,
  settings: ParseSettings,
  faults: FieldFault[],
): unknown {
  try {
    const value = spec.type === undefined ? raw : spec.type(raw, { name, source: settings.source })
    if (spec.choices !== undefined && !spec.choices.includes(value)) {
      throw new ArgumentTypeError(`must be one of ${spec.choices.join(', ')}`)
    }
    return value
  } catch (error) {
    if (!(error instanceof ArgumentTypeError)) throw error
    faults.push({ name, message: error.message })
    return undefined
  }
}

/** Plain assignment would lose an argument that is called `__proto__`. */
function define(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true })
}
