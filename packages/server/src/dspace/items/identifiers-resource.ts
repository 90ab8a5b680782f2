import type { Item } from '@hexapla/repository'
import type { ResourceType } from '../hal/resource.ts'

/** The names of an item elsewhere (RestContract items.md, "Get item identifiers"). */
export const identifiersResource: ResourceType<Item> = {
  type: 'identifiers',
  plural: 'identifiers',
  id: (item) => item.id,
  path: (item) => `core/items/${item.id}/identifiers`,
  properties: (item) => ({
    identifiers: [
      { value: item.handle, identifierType: 'handle', identifierStatus: null, type: 'identifier' },
    ],
    type: 'identifiers',
  }),
  links: [],
}
