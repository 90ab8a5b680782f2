import { metadataValue, SYSTEM_ACTOR } from '@hexapla/repository'
import { buildersFor, startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refused } from './refused.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

interface List {
  readonly _embedded?: Readonly<Record<string, readonly Record<string, unknown>[]>>
  readonly page: { readonly totalElements: number }
}

const list = (path: string, session = server.anonymous()) => session.getJson<List>(`/api/core/${path}`)
const labels = ({ _embedded }: List) => (_embedded?.['entitytypes'] ?? []).map(({ label }) => label)

describe('entity types', () => {
  test('are those of the model that DSpace ships, for everybody', async () => {
    expect(labels(await list('entitytypes?size=100'))).toEqual([
      'none',
      'Publication',
      'Person',
      'Project',
      'OrgUnit',
      'Journal',
      'JournalVolume',
      'JournalIssue',
      'Dataset',
    ])
    expect(labels(await list('entitytypes?size=2&sort=label,ASC'))).toEqual(['Dataset', 'Journal'])
  })

  test('are found by id and by label', async () => {
    const document = await server.anonymous().getJson('/api/core/entitytypes/label/Person')
    expect(document).toEqual({
      id: 3,
      label: 'Person',
      type: 'entitytype',
      uniqueType: 'core.entitytype',
      _links: {
        self: { href: `${server.api}/core/entitytypes/3` },
        relationshiptypes: { href: `${server.api}/core/entitytypes/3/relationshiptypes` },
      },
    })
    expect(await server.anonymous().getJson('/api/core/entitytypes/3')).toEqual(document)
  })

  test.each([
    'entitytypes/label/Unicorn',
    'entitytypes/999',
    'entitytypes/x',
    'entitytypes/999/relationshiptypes',
  ])('%s is not there', async (path) => {
    expect(await refused(server.anonymous().getJson(`/api/core/${path}`))).toMatchObject({ status: 404 })
  })

  test('have the types of relationships with them on either side, linked and embedded', async () => {
    const ofPerson = await list('entitytypes/3/relationshiptypes?size=100')
    expect(ofPerson._embedded?.['relationshiptypes']?.map(({ leftwardType }) => leftwardType)).toEqual([
      'isAuthorOfPublication',
      'isEditorOfPublication',
      'isProjectOfPerson',
      'isOrgUnitOfPerson',
      'isAuthorOfDataset',
    ])
    const document = await server
      .anonymous()
      .getJson<{ _embedded: { relationshiptypes: List } }>('/api/core/entitytypes/3?embed=relationshiptypes')
    expect(document._embedded.relationshiptypes._embedded).toEqual(ofPerson._embedded)
  })

  test('for which one may submit are those of such collections', async () => {
    const build = buildersFor(server.repository)
    const { id } = await build.community()
    const { collections } = server.repository.useCases
    const metadata = {
      'dc.title': [metadataValue('People')],
      'dspace.entity.type': [metadataValue('Person')],
    }
    await collections.create(SYSTEM_ACTOR, { parentId: id, metadata })
    const path = 'entitytypes/search/findAllByAuthorizedCollection'
    expect(labels(await list(path, server.session()))).toEqual(['Person'])
    await build.collection('Anything', id)
    expect(labels(await list(path, server.session()))).toEqual(['none', 'Person'])
    expect(labels(await list(path))).toEqual([])
    const external = await list('entitytypes/search/findAllByAuthorizedExternalSource', server.session())
    expect(external.page.totalElements).toBe(0)
  })
})

describe('types of relationships', () => {
  test('say between what they are, how many, and what is copied', async () => {
    expect(await server.anonymous().getJson('/api/core/relationshiptypes/1')).toEqual({
      id: 1,
      leftwardType: 'isAuthorOfPublication',
      rightwardType: 'isPublicationOfAuthor',
      copyToLeft: true,
      copyToRight: false,
      leftMinCardinality: 0,
      leftMaxCardinality: null,
      rightMinCardinality: 0,
      rightMaxCardinality: null,
      type: 'relationshiptype',
      uniqueType: 'core.relationshiptype',
      _links: {
        self: { href: `${server.api}/core/relationshiptypes/1` },
        leftType: { href: `${server.api}/core/entitytypes/2` },
        rightType: { href: `${server.api}/core/entitytypes/3` },
      },
    })
    expect(await refused(server.anonymous().getJson('/api/core/relationshiptypes/999'))).toEqual({
      status: 404,
      code: 'NOT_FOUND',
    })
  })

  test('come in one page with their entity types, as the web UI asks for them', async () => {
    const all = await list(
      'relationshiptypes?page=0&size=9999&embed=leftType&embed=rightType',
      server.session(),
    )
    const types = all._embedded?.['relationshiptypes'] ?? []
    expect(types).toHaveLength(17)
    expect(types[7]).toMatchObject({
      _embedded: { leftType: { label: 'Journal' }, rightType: { label: 'JournalVolume' } },
    })
  })

  test('are found by the label of an entity type, which must be one', async () => {
    const found = await list('relationshiptypes/search/byEntityType?type=Journal&size=100&embed=leftType')
    expect(found._embedded?.['relationshiptypes']).toMatchObject([{ leftwardType: 'isVolumeOfJournal' }])
    const search = (query: string) =>
      refused(server.anonymous().getJson(`/api/core/relationshiptypes/search/byEntityType${query}`))
    expect(await search('')).toEqual({ status: 400, code: 'argument-invalid' })
    expect(await search('?type=Unicorn')).toEqual({ status: 400, code: 'NOT_FOUND' })
  })
})
