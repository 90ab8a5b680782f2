import type { Node } from './place.ts'

/**
 * A document of OpenAPI 3.0 with its schemas as JSON Schema 2020-12 has them: exclusive bounds are numbers there, not
 * flags. `nullable` needs no change, ajv knows it.
 */
export function fromOpenApi30(document: Node): Node {
  return upgrade(document) as Node
}

function upgrade(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(upgrade)
  if (typeof value !== 'object' || value === null) return value
  const upgraded = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, upgrade(member)]))
  exclude(upgraded, 'minimum', 'exclusiveMinimum')
  exclude(upgraded, 'maximum', 'exclusiveMaximum')
  return upgraded
}

function exclude(schema: Record<string, unknown>, bound: string, flag: string): void {
  if (typeof schema[flag] !== 'boolean') return
  if (schema[flag]) {
    schema[flag] = schema[bound]
    delete schema[bound]
  } else {
    delete schema[flag]
  }
}
