import type { BodyObject, JsonSchema, OperationDescription, ParameterObject } from '@hexapla/rest'
import { pageOf, reference, type Kind } from './schemas.ts'

/** Whoever writes must be known by a token. */
const PERSON = [{ bearer: [] }]
const UUID = { type: 'string', format: 'uuid' }
const WRITE_FAILURES = [401, 403, 404, 422]

/** A parameter of the query: a text, unless told otherwise. */
export function query(
  name: string,
  description: string,
  { required = false, schema = { type: 'string' } }: { required?: boolean; schema?: JsonSchema } = {},
): ParameterObject {
  return { name, in: 'query', description, required, schema }
}

/** A parameter of the query that is the uuid of something. */
export function uuidQuery(name: string, description: string, required = true): ParameterObject {
  return query(name, description, { required, schema: UUID })
}

/** A parameter of the query without which there is no answer. */
export function needed(name: string, description: string, schema?: JsonSchema): ParameterObject {
  return query(name, description, { required: true, ...(schema && { schema }) })
}

// RestContract README "Pagination", projections.md; each is a key given several times or a list with commas.
const PAGING = [
  query('page', 'Number of the page, from 0', { schema: { type: 'integer', minimum: 0, default: 0 } }),
  query('size', 'Length of a page; larger ones are cut to what the caller may have', {
    schema: { type: 'integer', minimum: 1, default: 20 },
  }),
  query('sort', 'CRITERION,asc or CRITERION,desc'),
]
const EMBEDDING = [
  query('embed', 'Links whose documents are embedded: a, b or a/b', {
    schema: { type: 'array', items: { type: 'string' } },
  }),
  query('embed.size', 'How many elements of an embedded list: LINK=SIZE', {
    schema: { type: 'array', items: { type: 'string' } },
  }),
  query('projection', 'The word full embeds two levels', {
    schema: { type: 'array', items: { type: 'string' } },
  }),
]
/** Of whatever has an ETag (RFC 9110 section 13.1.1). */
export const IF_MATCH: ParameterObject = {
  name: 'If-Match',
  in: 'header',
  description: 'The versions that may be changed, as ETags; otherwise 412',
  schema: { type: 'string' },
}
const UNCHANGED = { 304: { description: 'The caller has it (If-None-Match)' } }

/** Reads one document. */
export function read(kind: Kind, summary: string, ...parameters: ParameterObject[]): OperationDescription {
  return {
    summary,
    parameters: [...parameters, ...EMBEDDING],
    responses: { 200: { schema: reference(kind) }, ...UNCHANGED },
    failures: [401, 403, 404],
  }
}

/** Reads one document that may be absent. */
export function readAny(kind: Kind, summary: string, ...parameters: ParameterObject[]): OperationDescription {
  const described = read(kind, summary, ...parameters)
  return { ...described, responses: { ...described.responses, 204: { description: 'There is none' } } }
}

/** Reads a page of a list. */
export function page(kind: Kind, summary: string, ...parameters: ParameterObject[]): OperationDescription {
  return {
    summary,
    parameters: [...parameters, ...PAGING, ...EMBEDDING],
    responses: { 200: { schema: pageOf(kind) }, ...UNCHANGED },
    failures: [401, 403, 404],
  }
}

/** Makes something; it is the answer, and its address is in `Location`. */
export function create(
  kind: Kind,
  summary: string,
  body: Pick<OperationDescription, 'arguments' | 'body'>,
  ...parameters: ParameterObject[]
): OperationDescription {
  return {
    summary,
    ...body,
    parameters,
    responses: {
      201: {
        schema: reference(kind),
        headers: { Location: { description: 'Its address', schema: { type: 'string' } } },
      },
    },
    security: PERSON,
    failures: WRITE_FAILURES,
  }
}

/** Changes something; as it is afterwards is the answer. */
export function change(
  kind: Kind,
  summary: string,
  body: Pick<OperationDescription, 'arguments' | 'body'>,
  ...parameters: ParameterObject[]
): OperationDescription {
  return {
    summary,
    ...body,
    parameters: [...parameters, IF_MATCH],
    responses: { 200: { schema: reference(kind) } },
    security: PERSON,
    failures: [...WRITE_FAILURES, 412],
  }
}

/** The same where somebody else has to be asked, who may not answer. */
export function asked(described: OperationDescription): OperationDescription {
  return { ...described, failures: [...(described.failures ?? []), 502] }
}

/** Does something whose answer is empty. */
export function act(
  summary: string,
  body: Pick<OperationDescription, 'arguments' | 'body'> = {},
  ...parameters: ParameterObject[]
): OperationDescription {
  return {
    summary,
    ...body,
    parameters,
    responses: { 204: { description: 'Done' } },
    security: PERSON,
    failures: WRITE_FAILURES,
  }
}

/** Deletes something. */
export function remove(summary: string, ...parameters: ParameterObject[]): OperationDescription {
  return {
    ...act(summary, {}, ...parameters, IF_MATCH),
    failures: [...WRITE_FAILURES, 412],
  }
}

/** A JSON body. */
export function jsonBody(schema: string): { body: BodyObject } {
  return { body: { required: true, content: { 'application/json': { schema: reference(schema) } } } }
}

/** The document of a record with its metadata. */
export const METADATA = jsonBody('metadataOnly')

/** The same, or the address of an entry of an external source. */
export const METADATA_OR_ENTRY: { body: BodyObject } = {
  body: {
    required: true,
    content: { ...METADATA.body.content, ...uris('An entry of an external source').body.content },
  },
}

/** A JSON Patch; clients of the original send it as plain JSON too. */
export const PATCH: { body: BodyObject } = {
  body: {
    required: true,
    content: {
      'application/json-patch+json': { schema: reference('patch') },
      'application/json': { schema: reference('patch') },
    },
  },
}

/** Addresses of other resources, one a line. */
export function uris(description: string): { body: BodyObject } {
  return {
    body: { description, required: true, content: { 'text/uri-list': { schema: { type: 'string' } } } },
  }
}

/** A file with its properties. */
export const FILE: { body: BodyObject } = {
  body: {
    required: true,
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          properties: {
            file: { type: 'string', format: 'binary' },
            properties: { description: 'A JSON document: name, metadata, bundleName', type: 'string' },
          },
          required: ['file'],
        },
      },
    },
  },
}
