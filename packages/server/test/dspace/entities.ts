import type { DSpaceSession } from '@hexapla/client'
import { metadataValue, SYSTEM_ACTOR, type Item, type Relationship } from '@hexapla/repository'
import { buildersFor, type TestServer } from '@hexapla/testing'

/** Ids of the types of relationships that the tests use, in the model as it ships. */
export const TYPES = {
  author: 1,
  orgUnitOfPerson: 6,
  volumeOfJournal: 8,
  issueOfVolume: 9,
  orgUnitAuthor: 10,
  publicationOfIssue: 12,
  publicationOfDataset: 17,
} as const

/** A metadata value as documents show it. */
export interface ShownValue {
  readonly value: string
  readonly authority: string | null
  readonly place: number
}

/** A relationship as documents show it. */
export interface RelationshipDocument {
  readonly id: number
  readonly leftPlace: number
  readonly rightPlace: number
}

export interface RelationshipList {
  readonly _embedded?: { readonly relationships: readonly RelationshipDocument[] }
  readonly page: { readonly totalElements: number }
}

/** The relationships of a list. */
export function idsIn({ _embedded }: RelationshipList): readonly number[] {
  return (_embedded?.relationships ?? []).map(({ id }) => id)
}

/** A body of the addresses of items, as the web UI writes it. */
export function uriList(server: TestServer, ...items: readonly { readonly id: string }[]) {
  return {
    body: items.map(({ id }) => `${server.api}/core/items/${id}`).join(' \n '),
    headers: { 'content-type': 'text/uri-list' },
  }
}

/** Makes entities and relationships past the API, as the system. */
export function entitiesFor(server: TestServer, collectionId: string) {
  const { relationships } = server.repository.useCases
  const entity = (
    type: string,
    title: string,
    more: Readonly<Record<string, string | readonly string[]>> = {},
  ) =>
    buildersFor(server.repository).item(title, collectionId, {
      'dspace.entity.type': [metadataValue(type)],
      ...Object.fromEntries(
        Object.entries(more).map(([field, values]) => [
          field,
          [values].flat().map((value) => metadataValue(value)),
        ]),
      ),
    })
  return {
    entity,
    publication: (title = 'A work', ...authors: string[]): Promise<Item> =>
      entity('Publication', title, authors.length === 0 ? {} : { 'dc.contributor.author': authors }),
    person: (familyName: string, givenName: string): Promise<Item> =>
      entity('Person', `${familyName}, ${givenName}`, {
        'person.familyName': familyName,
        'person.givenName': givenName,
      }),
    relate: (
      typeId: number,
      left: Item,
      right: Item,
      names: { leftwardValue?: string; rightwardValue?: string } = {},
    ): Promise<Relationship> =>
      relationships.create(SYSTEM_ACTOR, {
        typeId,
        leftItemId: left.id,
        rightItemId: right.id,
        leftwardValue: names.leftwardValue ?? null,
        rightwardValue: names.rightwardValue ?? null,
      }),
  }
}

/** The values of a field that an item is shown with. */
export async function valuesOf(
  session: DSpaceSession,
  item: Item,
  field: string,
): Promise<readonly ShownValue[]> {
  const { metadata } = await session.getJson<{ metadata: Record<string, ShownValue[]> }>(
    `/api/core/items/${item.id}`,
  )
  return metadata[field] ?? []
}

/** The same, as texts. */
export async function textsOf(session: DSpaceSession, item: Item, field: string): Promise<readonly string[]> {
  return (await valuesOf(session, item, field)).map(({ value }) => value)
}
