import {
  ArgumentTypeError,
  InvalidTypeError,
  type ArgumentContext,
  type ArgumentType,
} from './argument-type.ts'
import { withSchema, type JsonSchema } from './json-schema.ts'

/** Bounds of {@link integer} and {@link number}, both inclusive. */
export interface NumberBounds {
  readonly min?: number
  readonly max?: number
}

/** Bounds of {@link string}, in UTF-16 units. */
export interface StringBounds {
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: RegExp
}

const integerPattern = /^[+-]?\d+$/
const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

// The words of rest-tools, which takes them from Python's strtobool.
const booleanWords = new Map<string, boolean>([
  ...['y', 'yes', 't', 'true', 'on', '1'].map((word) => [word, true] as const),
  ...['n', 'no', 'f', 'false', 'off', '0'].map((word) => [word, false] as const),
])

/** A string. */
export function string(bounds: StringBounds = {}): ArgumentType<string> {
  const { minLength = 0, maxLength = Infinity, pattern } = bounds
  const read = (raw: unknown): string => {
    if (typeof raw !== 'string') throw new InvalidTypeError('must be a string')
    if (raw.length < minLength) throw new ArgumentTypeError(`must have at least ${minLength} characters`)
    if (raw.length > maxLength) throw new ArgumentTypeError(`must have at most ${maxLength} characters`)
    if (pattern !== undefined && raw.search(pattern) === -1)
      throw new ArgumentTypeError('has not the wanted form')
    return raw
  }
  return withSchema(read, {
    type: 'string',
    ...(bounds.minLength === undefined ? {} : { minLength }),
    ...(bounds.maxLength === undefined ? {} : { maxLength }),
    // JSON Schema has no place for flags; `u` is what it assumes.
    ...(pattern === undefined || pattern.flags.replace('u', '') !== '' ? {} : { pattern: pattern.source }),
  })
}

/** A whole number without loss (`Number.isSafeInteger`), or its decimal digits. */
export function integer(bounds: NumberBounds = {}): ArgumentType<number> {
  const read = (raw: unknown): number => {
    const value = numeric(raw, integerPattern)
    if (value === undefined || !Number.isSafeInteger(value)) throw new InvalidTypeError('must be an integer')
    return within(value, bounds)
  }
  return withSchema(read, { type: 'integer', ...boundKeywords(bounds) })
}

/** A finite number, or its decimal form. */
export function number(bounds: NumberBounds = {}): ArgumentType<number> {
  const read = (raw: unknown): number => {
    const value = numeric(raw, numberPattern)
    if (value === undefined || !Number.isFinite(value)) throw new InvalidTypeError('must be a number')
    return within(value, bounds)
  }
  return withSchema(read, { type: 'number', ...boundKeywords(bounds) })
}

/** A truth value: true/false, yes/no, y/n, t/f, on/off, 1/0 in any case; in a JSON body also a boolean or 1 and 0. */
export function boolean(): ArgumentType<boolean> {
  return withSchema(readBoolean, { type: 'boolean' })
}

/** A JSON array, each element of type `of`; in a query or form one text with commas between the elements. */
export function list(): ArgumentType<unknown[]>
export function list<Value>(of: ArgumentType<Value>): ArgumentType<Value[]>
export function list(of?: ArgumentType<unknown>): ArgumentType<unknown[]> {
  const read = (raw: unknown, context: ArgumentContext): unknown[] => {
    const elements: unknown = typeof raw === 'string' && context.source !== 'json' ? split(raw) : raw
    if (!Array.isArray(elements)) throw new InvalidTypeError('must be a list')
    return of === undefined
      ? elements
      : elements.map((element, index) => elementOf(of, element, index, context))
  }
  return withSchema(read, { type: 'array', items: of?.schema ?? {} })
}

/** A JSON object; in a query or form its JSON text. */
export function object(): ArgumentType<Record<string, unknown>> {
  const read = (raw: unknown, context: ArgumentContext): Record<string, unknown> => {
    const value = typeof raw === 'string' && context.source !== 'json' ? parse(raw) : raw
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new InvalidTypeError('must be an object')
    }
    return value as Record<string, unknown>
  }
  return withSchema(read, { type: 'object' })
}

/** The same type, to which `null` in a JSON body is a value too. */
export function nullable<Value>(of: ArgumentType<Value>): ArgumentType<Value | null> {
  return withSchema((raw: unknown, context: ArgumentContext) => (raw === null ? null : of(raw, context)), {
    anyOf: [of.schema ?? {}, { type: 'null' }],
  })
}

function readBoolean(raw: unknown): boolean {
  if (typeof raw === 'boolean') return raw
  const word = typeof raw === 'string' || typeof raw === 'number' ? String(raw).toLowerCase() : ''
  const value = booleanWords.get(word)
  if (value === undefined) throw new InvalidTypeError('must be true or false')
  return value
}

function numeric(raw: unknown, pattern: RegExp): number | undefined {
  if (typeof raw === 'number') return raw
  return typeof raw === 'string' && pattern.test(raw) ? Number(raw) : undefined
}

function boundKeywords({ min, max }: NumberBounds): JsonSchema {
  return { ...(min === undefined ? {} : { minimum: min }), ...(max === undefined ? {} : { maximum: max }) }
}

function within(value: number, { min = -Infinity, max = Infinity }: NumberBounds): number {
  if (value < min) throw new ArgumentTypeError(`must be at least ${min}`)
  if (value > max) throw new ArgumentTypeError(`must be at most ${max}`)
  return value
}

function split(text: string): string[] {
  return text === '' ? [] : text.split(',').map((part) => part.trim())
}

function elementOf<Value>(
  of: ArgumentType<Value>,
  element: unknown,
  index: number,
  context: ArgumentContext,
): Value {
  try {
    return of(element, context)
  } catch (error) {
    if (!(error instanceof ArgumentTypeError)) throw error
    const message = `element ${index}: ${error.message}`
    throw error instanceof InvalidTypeError ? new InvalidTypeError(message) : new ArgumentTypeError(message)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    // The text is the caller's, and the fault is named by the argument's type.
    return undefined
  }
}
