import { CHECKSUM_TYPES, CONTROL_GROUPS, PERMISSIONS } from '@hexapla/repository'
import type { BodyObject, JsonSchema } from '@hexapla/rest'
import { STATE_NAMES } from '../http/fields.ts'

const TEXT = { type: 'string' }
const STATE = { enum: Object.keys(STATE_NAMES) }
const DATASTREAM = {
  label: TEXT,
  state: STATE,
  mimeType: TEXT,
  checksumType: { enum: CHECKSUM_TYPES },
  versionable: { type: ['boolean', 'string'] },
}
const FILE = { type: 'string', format: 'binary' }
const XML = { type: 'object', properties: { file: FILE }, required: ['file'] }
const TRIPLE = {
  uri: { type: 'string', description: 'The namespace of the predicate' },
  predicate: TEXT,
  object: TEXT,
  literal: { type: ['boolean', 'string'] },
}
const METHOD = { method: { description: 'The verb that is meant', enum: ['PUT', 'DELETE'] } }

/** What is sent, by what it is about. */
export const BODIES = {
  newObject: anyForm({ pid: TEXT, namespace: TEXT, label: TEXT, owner: TEXT }),
  object: anyForm({ label: TEXT, owner: TEXT, state: STATE }),
  objectByMethod: anyForm({ ...METHOD, label: TEXT, owner: TEXT, state: STATE }, ['method']),
  newDatastream: withFile({ dsid: TEXT, ...DATASTREAM, controlGroup: { enum: CONTROL_GROUPS } }, ['dsid']),
  datastream: withFile(DATASTREAM),
  datastreamByMethod: withFile({ ...METHOD, ...DATASTREAM }),
  virtual: {
    required: true,
    content: {
      'application/rdf+xml': {},
      'text/xml': {},
      'application/xml': {},
      'multipart/form-data': { schema: XML },
    },
  },
  newTriple: anyForm({ ...TRIPLE, type: TEXT, datatype: TEXT }, ['uri', 'predicate', 'object']),
  triples: anyForm(TRIPLE),
  permission: anyForm({ role: TEXT, permission: { enum: PERMISSIONS } }, ['role', 'permission']),
  login: anyForm(
    { name: TEXT, pass: { type: 'string', format: 'password' }, form_id: { const: 'user_login' }, op: TEXT },
    ['name', 'pass', 'form_id'],
  ),
}

/** A body as a form or as JSON. */
function anyForm(
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
): BodyObject {
  const schema = { type: 'object', properties, ...(required.length > 0 && { required }) }
  return {
    required: required.length > 0,
    content: {
      'application/json': { schema },
      'application/x-www-form-urlencoded': { schema },
      'multipart/form-data': { schema },
    },
  }
}

/** The same with a file, or with an address in its place. */
function withFile(
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
): BodyObject {
  const body = anyForm({ ...properties, url: TEXT }, required)
  const schema = { type: 'object', properties: { ...properties, url: TEXT, file: FILE }, required }
  return { ...body, content: { ...body.content, 'multipart/form-data': { schema } } }
}
