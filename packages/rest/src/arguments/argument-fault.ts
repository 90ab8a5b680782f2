import { HttpError, type FieldFault } from '../http-error.ts'
import type { Nargs } from './argument-spec.ts'
import { ArgumentTypeError, InvalidTypeError } from './argument-type.ts'

/** What is wrong with one argument. */
export type ArgumentFault =
  | { readonly kind: 'missing' | 'unrecognized'; readonly name: string }
  | {
      readonly kind: 'invalid'
      readonly name: string
      /** In the words of rest-tools. */
      readonly message: string
      /** The same, where it can be said better. */
      readonly detail: string
      readonly cause: unknown
    }

/** Longest piece of what the caller sent that is shown again, in UTF-16 units. */
const shownLength = 100

/** The failure that names every fault, in the order and words of argparse. */
export function invalidArguments(faults: readonly ArgumentFault[]): HttpError {
  const invalid = faults.filter((fault) => fault.kind === 'invalid')
  const sentences = [
    ...named('the following arguments are required', faults, 'missing'),
    ...invalid.map(({ name, message }) => `argument ${name}: ${message}`),
    ...named('unrecognized arguments', faults, 'unrecognized'),
  ]
  return new HttpError(400, 'invalid-arguments', sentences.join('; '), {
    fields: faults.map(toField),
    cause: invalid[0]?.cause,
  })
}

function named(sentence: string, faults: readonly ArgumentFault[], kind: ArgumentFault['kind']): string[] {
  const names = faults.filter((fault) => fault.kind === kind).map(({ name }) => shortened(name))
  return names.length === 0 ? [] : [`${sentence}: ${names.join(', ')}`]
}

function toField(fault: ArgumentFault): FieldFault {
  const name = shortened(fault.name)
  if (fault.kind === 'invalid') return { name, message: fault.detail }
  return { name, message: fault.kind === 'missing' ? 'is required' : 'is unrecognized' }
}

/**
 * What an argument type meant by what it threw. Rethrown is what may be a fault of the program: it must not look like
 * one of the caller.
 */
export function refusalOf(error: unknown, name: string): ArgumentFault {
  if (error instanceof ArgumentTypeError) {
    const message = error instanceof InvalidTypeError ? 'invalid type' : error.message
    return { kind: 'invalid', name, message, detail: error.message, cause: error }
  }
  if (!blamesTheValue(error)) throw error
  return { kind: 'invalid', name, message: 'invalid type', detail: 'invalid type', cause: error }
}

/**
 * True for what `JSON.parse`, `BigInt`, `RegExp`, `Temporal`, `decodeURIComponent` and `URL` throw over a value. A bare
 * `TypeError` is as likely a mistake of the program.
 */
function blamesTheValue(error: unknown): boolean {
  if (error instanceof SyntaxError || error instanceof RangeError || error instanceof URIError) return true
  return error instanceof TypeError && 'code' in error && error.code === 'ERR_INVALID_URL'
}

/** The refusal of a value that is none of those allowed. */
export function invalidChoice(value: unknown, choices: readonly unknown[]): ArgumentTypeError {
  const all = choices.map((choice) => quoted(choice)).join(', ')
  return new ArgumentTypeError(`invalid choice: ${shortened(quoted(value))} (choose from ${all})`)
}

/** The refusal of too many or too few values, in the words of argparse. */
export function wrongCount(nargs: Nargs | undefined): ArgumentTypeError {
  if (nargs === '?') return new ArgumentTypeError('expected at most one argument')
  if (nargs === '+') return new ArgumentTypeError('expected at least one argument')
  if (typeof nargs !== 'number') return new ArgumentTypeError('expected one argument')
  return new ArgumentTypeError(`expected ${nargs} argument${nargs === 1 ? '' : 's'}`)
}

/** As Python shows it where it is a string, else as JSON. */
function quoted(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined
  if (text === undefined) return String(value)
  return typeof value === 'string'
    ? `'${text.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
    : text
}

function shortened(text: string): string {
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text
}
