import { Validator } from '@seriousme/openapi-schema-validator'
import { fromOpenApi30 } from './from-openapi-30.ts'
import { prepareOperation, type Operation } from './operation.ts'
import { pathTable } from './path-table.ts'
import { at, entriesAt, nodeAt, placeOf, type Node, type Place } from './place.ts'
import { schemaCompiler, type CheckValue } from './schema-compiler.ts'
import { SpecificationError } from './specification-error.ts'

/** An OpenAPI document that was found to be valid, its schemas compiled; see {@link loadSpecification}. */
export interface Specification {
  /**
   * The operation for a verb and a path without query, as sent.
   *
   * @throws SpecificationError `path-unknown`, `verb-unknown`
   */
  find(method: string, path: string): FoundOperation
}

/** An operation, and the parts of the path that its template names, as sent. */
export interface FoundOperation {
  readonly operation: Operation
  readonly pathValues: ReadonlyMap<string, string>
}

const verbs = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

/**
 * Checks an OpenAPI document (3.0 or 3.1) and compiles all of its schemas, once, at the start. Paths are looked for below
 * the paths of its `servers`. References lead within the document; nothing is fetched.
 *
 * @throws SpecificationError `specification-invalid` with the faults by their places
 * @example
 * const specification = await loadSpecification(JSON.parse(await readFile('openapi.json', 'utf8')))
 * server.addRoute('/fruits', protect(Fruits, validateRequest(specification)))
 */
export async function loadSpecification(document: object): Promise<Specification> {
  // What is checked and compiled is a copy: later changes to the document change nothing.
  const given = structuredClone(document) as Node
  await requireValid(given)
  const root = placeOf(String(given['openapi']).startsWith('3.0') ? fromOpenApi30(given) : given)
  const compile = schemaCompiler(root.root)
  for (const [, schema] of entriesAt(at(root, 'components', 'schemas'))) compile(schema)
  const paths = entriesAt(at(root, 'paths')).map(
    ([template, item]) => [template, operationsOf(item, compile)] as const,
  )
  const find = pathTable(new Map(paths), prefixesOf(root))
  return {
    find(method, path) {
      const found = find(path)
      if (found === undefined)
        throw new SpecificationError('path-unknown', `the document has no path for ${path}`)
      const { value: operations, pathValues } = found
      // HEAD is answered from GET unless it has an operation of its own.
      const operation = operations.get(method) ?? (method === 'HEAD' ? operations.get('GET') : undefined)
      if (operation === undefined)
        throw new SpecificationError('verb-unknown', `the document has no ${method} for ${path}`)
      return { operation, pathValues }
    },
  }
}

/** The validator answers with a text, or with what ajv found. */
async function requireValid(document: Node): Promise<void> {
  const version: unknown = document['openapi']
  if (typeof version !== 'string' || !/^3\.[01]\./.test(version)) {
    throw new SpecificationError('specification-invalid', 'a document of OpenAPI 3.0 or 3.1 is needed')
  }
  const { valid, errors = [] } = await new Validator().validate({ ...document })
  if (valid) return
  const faults =
    typeof errors === 'string'
      ? [{ name: '', message: errors }]
      : errors.map((error) => ({ name: error.instancePath, message: error.message ?? error.keyword }))
  const list = faults.map(({ name, message }) => `${name} ${message}`).join('; ')
  throw new SpecificationError('specification-invalid', `the document is not valid: ${list}`, { faults })
}

function operationsOf(item: Place, compile: (schema: Place) => CheckValue): ReadonlyMap<string, Operation> {
  return new Map(
    verbs
      .map((verb) => [verb, at(item, verb)] as const)
      .filter(([, operation]) => operation.value !== undefined)
      .map(([verb, operation]) => [verb.toUpperCase(), prepareOperation(item, operation, compile)]),
  )
}

/** The paths of the servers, longest first; variables have their defaults. */
function prefixesOf(root: Place): string[] {
  const servers = entriesAt(at(root, 'servers')).map(([, server]) => {
    const url = textAt(server, 'url').replaceAll(/\{([^{}]*)\}/g, (_all, name: string) =>
      textAt(at(server, 'variables', name), 'default'),
    )
    return new URL(url, 'http://localhost').pathname.replace(/\/+$/, '')
  })
  return servers.length === 0 ? [''] : [...new Set(servers)].sort((one, other) => other.length - one.length)
}

function textAt(place: Place, name: string): string {
  const text = nodeAt(place)[name]
  return typeof text === 'string' ? text : ''
}
