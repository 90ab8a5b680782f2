import type { JsonSchema } from '../../arguments/json-schema.ts'
import { html, type Html } from './html.ts'

/** A schema in a few words: `integer, at least 1`, `list of string`, a link to a schema with a name. */
export function renderSchema(schema: JsonSchema): Html {
  const rules = rulesOf(schema)
  return html`${typeOf(schema)}${rules.length > 0 && html`<span class="rules">, ${rules.join(', ')}</span>`}`
}

/** A schema with its properties, each on a line. */
export function renderProperties(schema: JsonSchema): Html {
  const parts = [schema, ...listOf(schema['allOf'])]
  const required = new Set(parts.flatMap((part) => (part['required'] ?? []) as string[]))
  const properties = parts.flatMap((part) => Object.entries(objectOf(part['properties'])))
  const above = parts.filter((part) => typeof part['$ref'] === 'string').map(renderSchema)
  if (properties.length === 0) return html`<p class="schema">${renderSchema(schema)}</p>`
  return html`${above.map((part) => html`<p class="schema">all of ${part}, and</p>`)}
    <dl class="schema">
      ${properties.map(
        ([name, property]) =>
          html`<dt>
              <code>${name}</code>${required.has(name) && html`<span class="needed"> required</span>`}
            </dt>
            <dd>${renderSchema(property as JsonSchema)}${nested(property as JsonSchema)}</dd>`,
      )}
    </dl>`
}

function nested(schema: JsonSchema): Html | undefined {
  const inner = schema['type'] === 'array' ? objectOf(schema['items']) : schema
  return Object.keys(objectOf(inner['properties'])).length === 0 ? undefined : renderProperties(inner)
}

function typeOf(schema: JsonSchema): Html {
  const { $ref, type, items, enum: values, const: constant, anyOf, oneOf, allOf } = schema
  if (typeof $ref === 'string') {
    const name = $ref.split('/').at(-1) ?? $ref
    return html`<a href="#schema-${name}">${name}</a>`
  }
  if (constant !== undefined) return html`<code>${JSON.stringify(constant)}</code>`
  if (Array.isArray(values)) return joined(values.map((value) => html`<code>${JSON.stringify(value)}</code>`))
  const choices = [...listOf(anyOf), ...listOf(oneOf)]
  if (choices.length > 0) return joined(choices.map(renderSchema))
  const [first] = listOf(allOf)
  if (first !== undefined) return typeOf(first)
  if (type === 'array') return html`list of ${renderSchema(objectOf(items))}`
  return html`${Array.isArray(type) ? type.join(' or ') : typeof type === 'string' ? type : 'anything'}`
}

const wordings: Readonly<Record<string, (value: string) => string>> = {
  format: (value) => value,
  minimum: (value) => `at least ${value}`,
  maximum: (value) => `at most ${value}`,
  exclusiveMinimum: (value) => `more than ${value}`,
  exclusiveMaximum: (value) => `less than ${value}`,
  minLength: (value) => `at least ${value} characters`,
  maxLength: (value) => `at most ${value} characters`,
  minItems: (value) => `at least ${value} of them`,
  maxItems: (value) => `at most ${value} of them`,
  pattern: (value) => `matches ${value}`,
  default: (value) => `default ${value}`,
}

function rulesOf(schema: JsonSchema): string[] {
  return Object.entries(wordings).flatMap(([keyword, word]) => {
    const value = schema[keyword]
    if (value === undefined) return []
    return [word(typeof value === 'string' && keyword !== 'default' ? value : JSON.stringify(value))]
  })
}

function joined(parts: readonly Html[]): Html {
  return html`${parts.map((part, index) => html`${index > 0 && ' or '}${part}`)}`
}

function listOf(value: unknown): JsonSchema[] {
  return Array.isArray(value) ? (value as JsonSchema[]) : []
}

function objectOf(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null ? (value as JsonSchema) : {}
}
