import type { JsonSchema, ResourceDescription } from '@hexapla/rest'

const FAILURES = [400, 401, 404, 429]
const COUNT = { type: 'integer', minimum: 0 }
const PAGING = [
  { name: 'offset', in: 'query', description: 'starting offset (0 index)', schema: { ...COUNT, default: 0 } },
  {
    name: 'page_size',
    in: 'query',
    description: 'page size',
    schema: { ...COUNT, maximum: 100, default: 10 },
  },
] as const
const CURSOR = {
  name: 'cursor',
  in: 'query',
  description: 'In place of offset: `*`, then the cursor of each answer',
  schema: { type: 'string' },
} as const
const TIME = { type: 'string', format: 'date-time' }
const CONDITIONS = [
  { name: 'start_time', in: 'query', description: 'GTE to start_time field', schema: TIME },
  { name: 'end_time', in: 'query', description: 'Less than to end_time field', schema: TIME },
  {
    name: 'polygon',
    in: 'query',
    description: 'Bounding geo-polygon: rings of [longitude, latitude], as JSON',
    schema: { type: 'string' },
  },
] as const
const POLYGON = {
  type: 'array',
  items: { type: 'array', items: { type: 'array', items: { type: 'number' }, minItems: 2 } },
}

/** What a list of names is. */
export function listDescription(summary: string, key: string): ResourceDescription {
  const parameters = key === 'results' ? [...PAGING, CURSOR] : [...PAGING]
  return { tags: ['pele'], get: { summary, parameters, responses: responsesOf(key), failures: FAILURES } }
}

/** What a list with conditions is, in a query and in a body. */
export function queryDescription(summary: string, key: string): ResourceDescription {
  const responses = responsesOf(key)
  const schema = {
    type: 'object',
    properties: { start_time: TIME, end_time: TIME, polygon: POLYGON },
  }
  return {
    tags: ['pele'],
    get: { summary, parameters: [...PAGING, CURSOR, ...CONDITIONS], responses, failures: FAILURES },
    post: {
      summary,
      parameters: [...PAGING, CURSOR],
      body: { content: { 'application/json': { schema } } },
      responses,
      failures: [...FAILURES, 413, 415],
    },
  }
}

/** What a single dataset is. */
export function resultDescription(summary: string): ResourceDescription {
  const schema = answer({ result: { type: ['object', 'null'] } })
  return { tags: ['pele'], get: { summary, responses: { 200: { schema } }, failures: FAILURES } }
}

function responsesOf(key: string) {
  const items = key === 'results' ? { type: 'object' } : { type: 'string' }
  const counts = { total: COUNT, count: COUNT, page_size: COUNT, offset: COUNT, cursor: { type: 'string' } }
  return { 200: { schema: answer({ [key]: { type: 'array', items }, ...counts }) } }
}

function answer(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return {
    type: 'object',
    properties: { success: { type: 'boolean' }, message: { type: ['string', 'null'] }, ...properties },
  }
}
