import type { ErrorObject } from 'ajv/dist/2020.js'
import type { FieldFault } from '../../http-error.ts'

/** How many faults are named: a body could hold a hundred thousand. */
const namedFaults = 50

/**
 * What is wrong, by JSON pointers into the value. The value itself is never shown: it may be a secret, or long. Of
 * alternatives that do not fit, only that none does is told.
 */
export function describeErrors(errors: readonly ErrorObject[]): FieldFault[] {
  const alternatives = errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
  return errors
    .filter(({ schemaPath }) => !alternatives.some((error) => schemaPath.startsWith(`${error.schemaPath}/`)))
    .slice(0, namedFaults)
    .map(describeError)
}

function describeError(error: ErrorObject): FieldFault {
  const { keyword, instancePath } = error
  const params = error.params as Readonly<Record<string, unknown>>
  if (keyword === 'required' || keyword === 'dependentRequired')
    return below(instancePath, params['missingProperty'], 'is required')
  if (keyword === 'additionalProperties')
    return below(instancePath, params['additionalProperty'], 'is unrecognized')
  if (keyword === 'unevaluatedProperties')
    return below(instancePath, params['unevaluatedProperty'], 'is unrecognized')
  return { name: instancePath, message: sentence(keyword, params, error.message) }
}

function sentence(
  keyword: string,
  params: Readonly<Record<string, unknown>>,
  message: string | undefined,
): string {
  switch (keyword) {
    case 'enum': {
      const allowed = params['allowedValues'] as readonly unknown[]
      return `must be one of ${allowed.map((value) => JSON.stringify(value)).join(', ')}`
    }
    case 'const':
      return `must be ${JSON.stringify(params['allowedValue'])}`
    case 'anyOf':
    case 'oneOf':
      return 'must be of one of the accepted types'
    default:
      return message ?? `breaks the rule ${keyword}`
  }
}

function below(instancePath: string, property: unknown, message: string): FieldFault {
  const token = String(property).replaceAll('~', '~0').replaceAll('/', '~1')
  return { name: `${instancePath}/${token}`, message }
}
