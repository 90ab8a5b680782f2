import type { JsonSchema, OperationDescription, ParameterObject } from '@hexapla/rest'
import { tokenDocument } from '../authn/api-token-handlers.ts'
import { credentials } from '../authn/authn-handlers.ts'
import type { ApiGroup } from './api-group.ts'
import { act, create, needed, page, query, read, uuidQuery } from './operations.ts'
import { listOf, reference } from './schemas.ts'

const ANYBODY = [{}]
const STATUS = { type: 'object', properties: { status: { enum: ['UP', 'DOWN'] } }, required: ['status'] }

/** What monitoring programs read. */
function actuator(summary: string, schema: JsonSchema, down = false): OperationDescription {
  const content = { 'application/vnd.spring-boot.actuator.v3+json': { schema } }
  return {
    summary,
    responses: {
      200: { content },
      ...(down ? { 503: { description: 'Something does not work', content } } : {}),
    },
  }
}

/** A file of a page for people. */
function shown(summary: string, type: string, schema: JsonSchema = { type: 'string' }): OperationDescription {
  return {
    summary,
    responses: {
      200: { content: { [type]: { schema } } },
      304: { description: 'The caller has it' },
    },
    security: ANYBODY,
  }
}

/** Leads to another address. */
function redirect(
  status: 302 | 303,
  summary: string,
  ...parameters: ParameterObject[]
): OperationDescription {
  return {
    summary,
    parameters,
    responses: {
      [status]: {
        description: 'There it is',
        headers: { Location: { required: true, schema: { type: 'string' } } },
      },
    },
  }
}

/** The root, searches, signing in, and what belongs to the running of the service. */
export const SERVICE: readonly ApiGroup[] = [
  {
    name: 'root',
    description: 'Where everything begins, and what finds it',
    operations: {
      '/server/api': {
        get: {
          ...read('resource', 'Links to everything'),
          operationId: 'getRoot',
          responses: { 200: { schema: { type: 'object' } } },
        },
      },
      'dso/find': {
        get: redirect(302, 'The record with a uuid', uuidQuery('uuid', 'Of the record')),
      },
      'pid/find': {
        get: redirect(302, 'The record with a handle', needed('id', 'The handle')),
      },
      discover: { get: read('resource', 'What there is to search with') },
      'discover/search': { get: read('resource', 'How results can be filtered and sorted') },
      'discover/search/objects': {
        get: {
          ...page(
            'resource',
            'Searches items, collections and communities',
            query('query', 'Words'),
            uuidQuery('scope', 'Only in this community or collection', false),
            query('dsoType', 'Only these kinds', { schema: { type: 'array', items: { type: 'string' } } }),
            query('configuration', 'What is searched for, as the web client names it'),
          ),
          responses: { 200: { schema: reference('searchResult') } },
        },
      },
    },
  },
  {
    name: 'signing in',
    description: 'Logins, sessions, and tokens for programs',
    operations: {
      'security/csrf': {
        get: {
          summary: 'A CSRF token, for clients with cookies',
          responses: {
            204: {
              description: 'In the header',
              headers: { 'DSPACE-XSRF-TOKEN': { required: true, schema: { type: 'string' } } },
            },
          },
          security: ANYBODY,
        },
      },
      authn: { get: read('resource', 'What there is to sign in and out') },
      'authn/login': {
        post: {
          summary: 'Signs in with e-mail address and password, or renews the token',
          arguments: [credentials],
          responses: {
            200: {
              description: 'The token is in the header',
              headers: { Authorization: { required: true, schema: { type: 'string' } } },
            },
          },
          failures: [401, 403, 429],
        },
      },
      'authn/logout': {
        post: { summary: 'Ends every session of the person', responses: { 204: { description: 'Done' } } },
      },
      'authn/status': { get: read('resource', 'Who has signed in, and how') },
      'authn/status/specialGroups': {
        get: {
          ...page('group', 'The groups that the person is in for this session'),
          responses: { 200: { schema: listOf('group', 'specialGroups') } },
        },
      },
      'authn/shortlivedtokens': {
        post: {
          summary: 'A token for a download link',
          responses: {
            200: {
              schema: { type: 'object', properties: { token: { type: 'string' } }, required: ['token'] },
            },
          },
          security: [{ bearer: [] }],
          failures: [401],
        },
      },
      'authn/oidc': {
        get: redirect(302, 'Signs in at the OpenID provider', query('redirectUrl', 'Where to go then')),
      },
      'authn/tokens': {
        get: page('resource', 'One’s own tokens for programs'),
        post: create('resource', 'A new token for a program, shown once', { arguments: [tokenDocument] }),
      },
      'authn/tokens/search': { get: read('resource', 'The searches there are') },
      'authn/tokens/search/byEPerson': {
        get: page('resource', 'The tokens of a person, for administrators', uuidQuery('uuid', 'The person')),
      },
      'authn/tokens/:id': {
        get: read('resource', 'A token, without its secret'),
        delete: act('Revokes a token'),
      },
    },
  },
  {
    name: 'operation',
    description: 'Health, and pages for people',
    operations: {
      '/server/actuator': { get: actuator('Links to what can be observed', { type: 'object' }) },
      '/server/actuator/health': { get: actuator('Whether everything works', STATUS, true) },
      '/server/actuator/health/:component': {
        get: actuator('Whether a part works', STATUS, true),
      },
      '/server/actuator/info': { get: actuator('What is running, for administrators', { type: 'object' }) },
      '/server': {
        get: { ...shown('A page to look around in the API', 'text/html'), operationId: 'getBrowser' },
      },
      '/server/': {
        get: { ...shown('The same page', 'text/html'), operationId: 'getBrowserWithSlash' },
      },
      '/server/browser/:file': { get: shown('What that page is made of', 'text/*') },
      '/server/openapi.json': { get: shown('This document', 'application/json', { type: 'object' }) },
      '/server/openapi': { get: shown('This document, for people', 'text/html') },
    },
  },
]
