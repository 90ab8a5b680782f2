import { CHECKSUM_TYPES, CONTROL_GROUPS, OBJECT_STATES, PERMISSIONS } from '@hexapla/repository'
import type { JsonSchema } from '@hexapla/rest'

const TEXT = { type: 'string' }
/** As Fedora writes moments. */
const MOMENT = { type: 'string', format: 'date-time', pattern: '^[0-9-]{10}T[0-9:]{8}\\.[0-9]{3}Z$' }
const PID = { type: 'string', pattern: '^[^:]+:.+$' }
const STATE = { enum: OBJECT_STATES }
const CONTROL_GROUP = { enum: CONTROL_GROUPS }
const SIZE = { type: 'integer', minimum: 0 }
const COUNT = record({ count: SIZE, exact: { type: 'boolean', description: 'Whether it is no estimate' } })
const PERMISSION_LIST = { type: 'array', items: { enum: PERMISSIONS } }

const VERSION = {
  label: TEXT,
  state: STATE,
  size: SIZE,
  mimeType: TEXT,
  controlGroup: CONTROL_GROUP,
  created: MOMENT,
}

/** Documents of the dialect, by their names (document 004, the tables of each answer). */
export const SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Error: { ...record({ message: TEXT }), properties: { message: TEXT, reference: TEXT } },
  object: record({
    pid: PID,
    label: TEXT,
    owner: TEXT,
    models: { type: 'array', items: TEXT },
    state: STATE,
    created: MOMENT,
    modified: MOMENT,
    datastreams: { type: 'array', items: reference('datastream') },
  }),
  objectProperties: record({ pid: PID, label: TEXT, state: STATE, owner: TEXT, modified: MOMENT }),
  datastream: record({
    dsid: TEXT,
    ...VERSION,
    versionable: { type: 'boolean' },
    checksumType: { enum: CHECKSUM_TYPES },
    checksum: TEXT,
    versions: { type: 'array', items: record(VERSION) },
  }),
  datastreamVersion: record({ dsid: TEXT, ...VERSION }),
  relationship: record({
    predicate: record({ value: TEXT, alias: TEXT, namespace: TEXT }),
    object: record({ literal: { type: 'boolean' }, value: TEXT }),
  }),
  repository: record({
    name: TEXT,
    versions: record({ rest: { const: 'v1' }, hexapla: TEXT }),
    namespaces: record({
      default: TEXT,
      restrictedTo: { type: 'array', items: TEXT, description: 'All, where it is empty' },
    }),
    objects: record({ communities: COUNT, collections: COUNT, items: COUNT }),
    user: record({ name: { type: ['string', 'null'] }, permissions: PERMISSION_LIST }),
    links: {
      type: 'object',
      description: 'Addresses as templates (RFC 6570)',
      additionalProperties: TEXT,
    },
  }),
  role: record({ role: TEXT, permissions: PERMISSION_LIST }),
  token: record({ token: TEXT, uses: { type: 'integer', minimum: 1 }, expires: MOMENT }),
  message: record({ message: TEXT }),
  found: {
    description: 'What Solr answers, with wt=json',
    ...record({ response: record({ numFound: SIZE, start: SIZE, docs: { type: 'array' } }) }),
  },
}

/** A schema by its name. */
export function reference(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` }
}

/** An object that has all of these. */
function record(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: 'object', properties, required: Object.keys(properties) }
}
