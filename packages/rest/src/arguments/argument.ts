import type { ArgumentSpec, Nargs } from './argument-spec.ts'
import type { ArgumentContext, ArgumentSource, ArgumentType } from './argument-type.ts'

/** One argument of a handler, looked at once when it is added. */
export interface Argument {
  readonly name: string
  readonly dest: string
  readonly context: ArgumentContext
  readonly type: ArgumentType<unknown> | undefined
  readonly nargs: Nargs | undefined
  /** There is a `const`, its value is `constant`. */
  readonly hasConstant: boolean
  readonly constant: unknown
  readonly required: boolean
  readonly default: unknown
  readonly choices: readonly unknown[] | undefined
}

/**
 * Looks at how an argument is to be read.
 *
 * @throws TypeError when the options contradict each other.
 */
export function prepareArgument(name: string, source: ArgumentSource, spec: ArgumentSpec): Argument {
  const required = !('default' in spec)
  if (required && 'required' in spec && !spec.required) {
    throw new TypeError(`the argument ${name} is not required, so it needs a default`)
  }
  if (!required && spec.required) throw new TypeError(`the argument ${name} is required, its default is idle`)
  const { nargs } = spec
  if (typeof nargs === 'number' && (!Number.isInteger(nargs) || nargs < 1)) {
    throw new TypeError(`the argument ${name} cannot take ${nargs} values`)
  }
  if ('const' in spec && nargs !== '?')
    throw new TypeError(`the argument ${name} has a const without nargs '?'`)
  return {
    name,
    dest: spec.dest ?? name,
    context: { name, source },
    type: spec.type,
    nargs,
    hasConstant: 'const' in spec,
    constant: spec.const,
    required,
    default: spec.default,
    choices: spec.choices,
  }
}
