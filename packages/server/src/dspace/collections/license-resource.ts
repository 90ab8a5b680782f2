import { licenseOf, type Collection } from '@hexapla/repository'
import type { ResourceType } from '../hal/resource.ts'

/** The deposit licence of a collection (RestContract collections.md, "License"). */
export const licenseResource: ResourceType<Collection> = {
  type: 'license',
  plural: 'licenses',
  id: (collection) => collection.id,
  path: (collection) => `core/collections/${collection.id}/license`,
  properties: (collection) => ({ ...licenseOf(collection), type: 'license' }),
  links: [],
}
