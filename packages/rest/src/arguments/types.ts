import { ArgumentTypeError, type ArgumentContext, type ArgumentType } from './argument-type.ts'

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
  return (raw) => {
    if (typeof raw !== 'string') throw new ArgumentTypeError('must be a string')
    if (raw.length < minLength) throw new ArgumentTypeError(`must have at least ${minLength} characters`)
    if (raw.length > maxLength) throw new ArgumentTypeError(`must have at most ${maxLength} characters`)
    if (pattern !== undefined && raw.search(pattern) === -1)
      throw new ArgumentTypeError('has not the wanted form')
    return raw
  }
}

/** A whole number without loss (`Number.isSafeInteger`); in a JSON body a number, elsewhere its decimal digits. */
export function integer(bounds: NumberBounds = {}): ArgumentType<number> {
  return (raw, context) => {
    const value = numeric(raw, context, integerPattern)
    if (value === undefined || !Number.isSafeInteger(value)) throw new ArgumentTypeError('must be an integer')
    return within(value, bounds)
  }
}

/** A finite number; in a JSON body a number, elsewhere decimal. */
export function number(bounds: NumberBounds = {}): ArgumentType<number> {
  return (raw, context) => {
    const value = numeric(raw, context, numberPattern)
    if (value === undefined || !Number.isFinite(value)) throw new ArgumentTypeError('must be a number')
    return within(value, bounds)
  }
}

/** A truth value: true/false, yes/no, y/n, t/f, on/off, 1/0 in any case; in a JSON body also a boolean or 1 and 0. */
export function boolean(): ArgumentType<boolean> {
  return (raw) => {
    if (typeof raw === 'boolean') return raw
    const word = typeof raw === 'string' || typeof raw === 'number' ? String(raw).toLowerCase() : ''
    const value = booleanWords.get(word)
    if (value === undefined) throw new ArgumentTypeError('must be true or false')
    return value
  }
}

/** A JSON array, each element of type `of`; in a query or form one text with commas between the elements. */
export function list(): ArgumentType<unknown[]>
export function list<Value>(of: ArgumentType<Value>): ArgumentType<Value[]>
export function list(of?: ArgumentType<unknown>): ArgumentType<unknown[]> {
  return (raw, context) => {
    const elements: unknown = typeof raw === 'string' && context.source !== 'json' ? split(raw) : raw
    if (!Array.isArray(elements)) throw new ArgumentTypeError('must be a list')
    return of === undefined
      ? elements
      : elements.map((element, index) => elementOf(of, element, index, context))
  }
}

/** A JSON object; in a query or form its JSON text. */
export function object(): ArgumentType<Record<string, unknown>> {
  return (raw, context) => {
    const value = typeof raw === 'string' && context.source !== 'json' ? parse(raw) : raw
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ArgumentTypeError('must be an object')
    }
    return value as Record<string, unknown>
  }
}

function numeric(raw: unknown, context: ArgumentContext, pattern: RegExp): number | undefined {
  if (typeof raw === 'number') return raw
  if (typeof raw === 'string' && context.source !== 'json' && pattern.test(raw)) return Number(raw)
  return undefined
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
    if (error instanceof ArgumentTypeError) throw new ArgumentTypeError(`element ${index}: ${error.message}`)
    throw error
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
