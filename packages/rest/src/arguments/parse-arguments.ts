import { isDeepStrictEqual } from 'node:util'
import type { Argument } from './argument.ts'
import { invalidChoice, refusalOf, wrongCount, type ArgumentFault } from './argument-fault.ts'

/** What was given: in queries and forms, the list of the values of each key; in JSON the value of each property. */
export type GivenArguments = ReadonlyMap<string, unknown>

/**
 * Reads every argument from `given`; what is wrong is added to `faults`, so that all of it is told at once. One fault
 * an argument: a list is read up to its first bad value.
 */
export function parseArguments(
  given: GivenArguments,
  known: ReadonlyMap<string, Argument>,
  faults: ArgumentFault[],
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const argument of known.values()) {
    const value = readArgument(argument, given.get(argument.name), faults)
    if (argument.dest === '__proto__') define(values, argument.dest, value)
    else values[argument.dest] = value
  }
  return values
}

function readArgument(argument: Argument, raw: unknown, faults: ArgumentFault[]): unknown {
  if (raw === undefined) {
    if (argument.required) faults.push({ kind: 'missing', name: argument.name })
    return Array.isArray(argument.default) ? [...(argument.default as unknown[])] : argument.default
  }
  try {
    return readGiven(argument, raw)
  } catch (error) {
    faults.push(refusalOf(error, argument.name))
    return undefined
  }
}

function readGiven(argument: Argument, raw: unknown): unknown {
  const { nargs } = argument
  const isJson = argument.context.source === 'json'
  if (nargs === undefined || nargs === '?') {
    const value = isJson ? raw : onlyOne(raw as readonly string[], nargs)
    if (argument.hasConstant && (value === '' || value === null)) return argument.constant
    return readValue(argument, value)
  }
  const values = isJson && !Array.isArray(raw) ? [raw] : (raw as readonly unknown[])
  if (nargs === '+' ? values.length === 0 : nargs !== '*' && values.length !== nargs) throw wrongCount(nargs)
  return values.map((value) => readValue(argument, value))
}

function onlyOne(values: readonly string[], nargs: '?' | undefined): string | undefined {
  if (values.length > 1) throw wrongCount(nargs)
  return values[0]
}

function readValue(argument: Argument, raw: unknown): unknown {
  const { type, choices } = argument
  const value = type === undefined ? raw : type(raw, argument.context)
  if (choices !== undefined && !isAmong(choices, value)) throw invalidChoice(value, choices)
  return value
}

function isAmong(choices: readonly unknown[], value: unknown): boolean {
  if (choices.includes(value)) return true
  return typeof value === 'object' && choices.some((choice) => isDeepStrictEqual(choice, value))
}

/** Plain assignment would lose an argument that is called `__proto__`. */
function define(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true })
}
