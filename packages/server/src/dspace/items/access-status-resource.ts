import type { AccessStatus } from '@hexapla/repository'
import type { ResourceType } from '../hal/resource.ts'

/** An access status with the place of what it is the status of, e.g. `core/items/UUID`. */
export interface AccessStatusOf {
  readonly place: string
  readonly status: AccessStatus
}

/** What everybody may do with an item or file (RestContract items.md, "Access Status"). */
export const accessStatusResource: ResourceType<AccessStatusOf> = {
  type: 'accessStatus',
  plural: 'accessStatuses',
  id: ({ place }) => place,
  path: ({ place }) => `${place}/accessStatus`,
  properties: ({ status }) => ({
    status: status.status,
    embargoDate: status.embargoDate,
    type: 'accessStatus',
  }),
  links: [],
}
