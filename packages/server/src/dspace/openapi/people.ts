import { ACTIONS } from '@hexapla/repository'
import { groupDocument } from '../people/group-document.ts'
import { personDocument } from '../people/person-document.ts'
import type { ApiGroup } from './api-group.ts'
import {
  act,
  change,
  create,
  jsonBody,
  page,
  PATCH,
  query,
  read,
  readAny,
  remove,
  uris,
  uuidQuery,
} from './operations.ts'

/** People, groups, and what they may do. */
export const PEOPLE: readonly ApiGroup[] = [
  {
    name: 'people',
    description: 'People and their groups',
    operations: {
      'eperson/epersons': {
        get: page('person', 'All people, for administrators'),
        post: create('person', 'A new person', { arguments: [personDocument] }),
      },
      'eperson/epersons/:id': {
        get: read('person', 'A person'),
        patch: change('person', 'Changes a person', PATCH),
        delete: remove('Deletes a person'),
      },
      'eperson/epersons/:id/groups': { get: page('group', 'The groups that a person is in') },
    },
  },
  {
    name: 'groups',
    description: 'Groups and who is in them',
    operations: {
      'eperson/groups': {
        get: page('group', 'All groups, for administrators'),
        post: create('group', 'A new group', { arguments: [groupDocument] }),
      },
      'eperson/groups/:id': {
        get: read('group', 'A group'),
        patch: change('group', 'Changes a group', PATCH),
        delete: remove('Deletes a group'),
      },
      'eperson/groups/:id/object': {
        get: read('resource', 'The community or collection that a group is of'),
      },
      'eperson/groups/:id/epersons': {
        get: page('person', 'The people in a group'),
        post: act('Adds people to a group', uris('People')),
      },
      'eperson/groups/:id/epersons/:personId': { delete: act('Takes a person out of a group') },
      'eperson/groups/:id/subgroups': {
        get: page('group', 'The groups in a group'),
        post: act('Adds groups to a group', uris('Groups')),
      },
      'eperson/groups/:id/subgroups/:groupId': { delete: act('Takes a group out of a group') },
    },
  },
  {
    name: 'policies',
    description: 'Who may do what to what',
    operations: {
      'authz/resourcepolicies': {
        post: create(
          'policy',
          'A new policy, for a person or a group',
          jsonBody('policyTerms'),
          uuidQuery('resource', 'What it is about'),
          uuidQuery('eperson', 'The person whom it is for', false),
          uuidQuery('group', 'The group that it is for', false),
        ),
      },
      'authz/resourcepolicies/search': { get: read('resource', 'The searches there are') },
      'authz/resourcepolicies/search/eperson': {
        get: page(
          'policy',
          'The policies that name a person',
          uuidQuery('uuid', 'The person'),
          uuidQuery('resource', 'Only about this', false),
        ),
      },
      'authz/resourcepolicies/search/group': {
        get: page(
          'policy',
          'The policies that name a group',
          uuidQuery('uuid', 'The group'),
          uuidQuery('resource', 'Only about this', false),
        ),
      },
      'authz/resourcepolicies/search/resource': {
        get: page(
          'policy',
          'The policies about something',
          uuidQuery('uuid', 'What they are about'),
          query('action', 'Only those for this', { schema: { enum: ACTIONS } }),
        ),
      },
      'authz/resourcepolicies/:id': {
        get: read('policy', 'A policy'),
        patch: change('policy', 'Changes a policy', PATCH),
        delete: remove('Deletes a policy'),
      },
      'authz/resourcepolicies/:id/eperson': {
        get: readAny('person', 'The person whom a policy is for'),
        put: act('Says which other person a policy is for', uris('The person')),
      },
      'authz/resourcepolicies/:id/group': {
        get: readAny('group', 'The group that a policy is for'),
        put: act('Says which other group a policy is for', uris('The group')),
      },
      'authz/resourcepolicies/:id/resource': { get: read('resource', 'What a policy is about') },
    },
  },
]
