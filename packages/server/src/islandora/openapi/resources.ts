import type { OperationDescription, ParameterObject, ResourceDescription } from '@hexapla/rest'
import { BODIES } from './bodies.ts'
import { reference } from './schemas.ts'

const FAILURES = [400, 401, 403, 404]
/** Whoever changes something has signed in. */
const PERSON = [{ basic: [] }, { user: [] }, { bearer: [] }, { session: [] }]
const DONE = { description: 'Done' }

function query(name: string, description: string, schema: object = { type: 'string' }): ParameterObject {
  return { name, in: 'query', description, schema: { ...schema } }
}

function read(
  summary: string,
  schema: object,
  parameters: readonly ParameterObject[] = [],
): OperationDescription {
  return { summary, parameters, responses: { 200: { schema: { ...schema } } }, failures: FAILURES }
}

/** Changes something; `schema` is of the answer, which has no body without one. */
function change(
  summary: string,
  { status = 200, schema, ...more }: OperationDescription & { status?: 200 | 201; schema?: object } = {},
): OperationDescription {
  const responses = { [status]: schema === undefined ? DONE : { schema: { ...schema } } }
  return { summary, responses, security: PERSON, failures: [...FAILURES, 409], ...more }
}

const listOf = (name: string) => ({ type: 'array', items: reference(name) })
const VERSION = query('version', 'When the content came, as created tells it', {
  type: 'string',
  format: 'date-time',
})
const CONTENT = query('content', 'false for the properties', { type: 'boolean', default: true })
const TOKEN = query('token', 'Of the datastream: it is read in the name of whoever made the token')
const TRIPLE = [
  query('predicate', 'The name of the predicate'),
  query('uri', 'Its namespace, needed beside a predicate'),
  query('object', 'Another object, or the text of a literal'),
  query('literal', 'Whether literals are meant', { type: 'boolean', default: false }),
]

/** Every address below `/islandora/rest/v1`, and those for signing in and out; a slash at the end means nothing. */
export const RESOURCES: Readonly<Record<string, ResourceDescription>> = {
  '/user/login': {
    tags: ['signing in'],
    post: {
      summary: 'Signs in with name and password; the session is in a cookie',
      body: BODIES.login,
      responses: {
        200: {
          schema: reference('message'),
          headers: { 'Set-Cookie': { required: true, schema: { type: 'string' } } },
        },
      },
      failures: [400, 401, 403, 429],
    },
  },
  '/user/logout': {
    tags: ['signing in'],
    get: {
      summary: 'Ends the sessions of whoever has the cookie, and takes it away',
      responses: { 200: { schema: reference('message') } },
      failures: [403],
    },
  },
  '': {
    tags: ['repository'],
    get: read('The repository, what the caller may do, and links to everything', reference('repository')),
  },
  '/permission': {
    tags: ['repository'],
    get: { ...read('What each role may do, for administrators', listOf('role')), security: PERSON },
    post: change('Gives a role a permission', {
      status: 201,
      schema: listOf('role'),
      body: BODIES.permission,
    }),
    delete: change('Takes a permission from a role', { schema: listOf('role'), body: BODIES.permission }),
  },
  '/object': {
    tags: ['objects'],
    post: change('A new object', { status: 201, schema: reference('object'), body: BODIES.newObject }),
  },
  '/object/:pid': {
    tags: ['objects'],
    get: read('An object with its datastreams', reference('object')),
    put: change('Changes what is given', { schema: reference('objectProperties'), body: BODIES.object }),
    delete: change('Deletes an object with its datastreams'),
    post: change('PUT or DELETE, by the field method', {
      body: BODIES.objectByMethod,
      responses: { 200: { description: 'As of the verb', schema: reference('objectProperties') } },
    }),
  },
  '/object/:pid/relationship': {
    tags: ['relationships'],
    get: read('What is said of an object', listOf('relationship'), TRIPLE),
    post: change('Says something of an object; or DELETE, by the field method', {
      body: BODIES.newTriple,
      responses: { 201: DONE, 200: { description: 'Of DELETE' } },
    }),
    delete: change('Takes back all that is meant', { body: BODIES.triples }),
  },
  '/object/:pid/datastream': {
    tags: ['datastreams'],
    post: change('A new datastream', {
      status: 201,
      schema: reference('datastream'),
      body: BODIES.newDatastream,
      failures: [...FAILURES, 409, 413],
    }),
  },
  '/object/:pid/datastream/:dsid': {
    tags: ['datastreams'],
    get: {
      summary: 'The content of a datastream, or its properties',
      parameters: [CONTENT, VERSION, TOKEN],
      responses: {
        200: {
          content: {
            'application/json': {
              schema: { anyOf: [reference('datastream'), reference('datastreamVersion')] },
            },
            '*/*': {},
          },
        },
        206: { description: 'A part of the content (Range)', content: { '*/*': {} } },
        '3XX': {
          description:
            'Elsewhere is the content of a datastream that holds an address; 304: the caller has it',
        },
      },
      failures: [...FAILURES, 412, 416],
    },
    put: change('Changes what is given, the content with a file', {
      schema: reference('datastream'),
      body: BODIES.datastream,
      failures: [...FAILURES, 405, 409, 413],
    }),
    delete: change('Deletes a datastream, or one of its versions', { parameters: [VERSION] }),
    post: change('PUT or DELETE, by the field method; PUT with a file', {
      body: BODIES.datastreamByMethod,
      parameters: [VERSION],
      responses: { 200: { description: 'As of the verb', schema: reference('datastream') } },
      failures: [...FAILURES, 405, 409, 413],
    }),
  },
  '/object/:pid/datastream/:dsid/token': {
    tags: ['datastreams'],
    get: read('Lets whoever has the token read one datastream', reference('token'), [
      query('uses', 'How many times', { type: 'integer', minimum: 1, default: 1 }),
    ]),
  },
  '/object/:pid/datastream/DC': virtual('Dublin Core'),
  '/object/:pid/datastream/RELS-EXT': virtual('What is said of an object, in RDF'),
  '/solr/*': {
    tags: ['searching'],
    get: read('Searches objects in the language of Solr; the path is the query', reference('found'), [
      query('fq', 'A further query; may be repeated'),
      query('df', 'The field of words without one'),
      query('q.op', 'What joins words without an operator', {
        type: 'string',
        enum: ['AND', 'OR'],
        default: 'OR',
      }),
      query('fl', 'The fields to tell'),
      query('start', 'How many to leave out', { type: 'integer', default: 0 }),
      query('rows', 'How many to tell', { type: 'integer', default: 20 }),
      query('sort', 'FIELD asc or FIELD desc, parted by commas'),
      query('cursorMark', '* at first, then nextCursorMark of the answer before'),
      query('facet', 'true to count values, too'),
      query('facet.field', 'A field whose values are counted; may be repeated'),
      query('facet.query', 'A query whose finds are counted; may be repeated'),
      query('facet.limit', 'The most values of a field', { type: 'integer', default: 100 }),
      query('facet.offset', 'How many values to leave out', { type: 'integer', default: 0 }),
      query('facet.mincount', 'In how many records a value must be', { type: 'integer', default: 1 }),
      query('facet.sort', 'The most frequent values first, or in their own order', {
        type: 'string',
        enum: ['count', 'index'],
        default: 'count',
      }),
      query('facet.prefix', 'What values begin with'),
      query('json.nl', 'How values and counts are told', {
        type: 'string',
        enum: ['map', 'flat', 'arrarr', 'arrmap', 'arrntv'],
        default: 'map',
      }),
      query('hl', 'true to mark what was found'),
    ]),
  },
}

/** A datastream that is written from the object whenever it is read. */
function virtual(what: string): ResourceDescription {
  const changed = { schema: reference('datastream'), body: BODIES.virtual }
  return {
    tags: ['datastreams'],
    get: {
      summary: `${what}, or the properties of the datastream`,
      parameters: [CONTENT, VERSION, TOKEN],
      responses: {
        200: { content: { 'application/json': { schema: reference('datastream') }, '*/*': {} } },
        206: { description: 'A part of the content (Range)', content: { '*/*': {} } },
        '3XX': { description: 'The caller has it' },
      },
      failures: [...FAILURES, 412, 416],
    },
    put: change(`${what} as it is to be`, changed),
    post: change('PUT, by the field method', changed),
  }
}

/** What the tags are about. */
export const TAGS = [
  { name: 'repository', description: 'The repository as a whole, and permissions' },
  { name: 'objects', description: 'Objects' },
  { name: 'relationships', description: 'What is said of objects' },
  { name: 'datastreams', description: 'Files of objects, and their versions' },
  { name: 'searching', description: 'Solr' },
  { name: 'signing in', description: 'A cookie for name and password' },
]
