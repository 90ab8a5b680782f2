import type { BodyObject, JsonSchema } from '@hexapla/rest'

/** A form for documents about the API: what each of its fields is. */
export function formOf(fields: Readonly<Record<string, string>>): BodyObject {
  const properties = Object.entries(fields).map(([name, description]) => [
    name,
    { type: 'string', description },
  ])
  const schema = {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: Object.keys(fields),
  }
  return {
    required: true,
    content: { 'application/x-www-form-urlencoded': { schema }, 'multipart/form-data': { schema } },
  }
}

/** An answer for documents about the API: success, message, and texts of these names. */
export function documentOf(...names: readonly string[]): JsonSchema {
  return {
    type: 'object',
    properties: {
      success: { type: 'boolean' },
      message: { type: ['string', 'null'] },
      ...Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    },
    required: ['success', 'message', ...names],
  }
}
