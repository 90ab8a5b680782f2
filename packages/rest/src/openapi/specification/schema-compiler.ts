import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { FieldFault } from '../../http-error.ts'
import { objectOf, type Node, type Place } from './place.ts'
import { describeErrors } from './schema-fault.ts'
import { SpecificationError } from './specification-error.ts'

/** Tells what is wrong with a value; nothing when it is as the schema says. */
export type CheckValue = (value: unknown) => readonly FieldFault[]

/** Only a name: nothing is fetched from there. */
const DOCUMENT = 'openapi://document'

/**
 * Compiles schemas of one document (JSON Schema 2020-12, as OpenAPI 3.1 has it; those of 3.0 are turned into it before).
 *
 * @throws SpecificationError `specification-invalid`, from the function as well
 */
export function schemaCompiler(document: Node): (schema: Place) => CheckValue {
  // OpenAPI adds keywords that say nothing of validity; all faults are told, not the first one.
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true, logger: false })
  formats.default(ajv)
  ajv.addSchema(document, DOCUMENT, undefined, false)
  /** By the text of the schema: documents repeat themselves, and compiling is what takes time. */
  const compiled = new Map<string, CheckValue>()
  return (schema) => {
    const text = JSON.stringify(schema.value)
    const check = compiled.get(text) ?? compile(ajv, schema)
    compiled.set(text, check)
    return check
  }
}

function compile(ajv: Ajv2020, schema: Place): CheckValue {
  const { value, pointer } = schema
  try {
    if (typeof value !== 'boolean' && ajv.validateSchema(objectOf(value)) !== true) {
      throw invalidSchema(pointer, ajv.errors ?? [])
    }
    const validate = ajv.compile({ $ref: `${DOCUMENT}#${pointer}` })
    return (candidate) => (validate(candidate) ? [] : describeErrors(validate.errors ?? []))
  } catch (cause) {
    if (cause instanceof SpecificationError) throw cause
    // What ajv throws while it compiles is about the schema.
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new SpecificationError('specification-invalid', `the schema at ${pointer}: ${message}`, {
      faults: [{ name: pointer, message }],
      cause,
    })
  }
}

function invalidSchema(pointer: string, errors: readonly ErrorObject[]): SpecificationError {
  const faults = describeErrors(errors).map(({ name, message }) => ({ name: pointer + name, message }))
  const list = faults.map(({ name, message }) => `${name} ${message}`).join('; ')
  return new SpecificationError('specification-invalid', `no schema: ${list}`, { faults })
}
