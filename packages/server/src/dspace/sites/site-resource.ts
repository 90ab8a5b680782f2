import type { Site } from '@hexapla/repository'
import { recordProperties } from '../hal/record-properties.ts'
import type { ResourceType } from '../hal/resource.ts'

/** The repository as a whole (endpoint `core/sites`, which the contract names without describing it). */
export const siteResource: ResourceType<Site> = {
  type: 'site',
  plural: 'sites',
  id: (site) => site.id,
  path: (site) => `core/sites/${site.id}`,
  version: (site) => site.version,
  properties: (site, view) => ({
    ...recordProperties(site, view, { handle: site.handle }),
    type: 'site',
    uniqueType: 'core.site',
  }),
  links: [],
}
