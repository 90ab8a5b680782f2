import type { FindableRecord } from '@hexapla/repository'
import type { ResourceTypes } from '../hal/resource-types.ts'
import { resource, type Resource, type ResourceType } from '../hal/resource.ts'

/** A record of whatever kind as a resource. */
export function recordResource(types: ResourceTypes, record: FindableRecord): Resource {
  // The table has the type of just this kind under its name.
  return resource(types[record.kind] as unknown as ResourceType<FindableRecord>, record)
}
