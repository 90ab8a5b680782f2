import type { Guarded } from '../access/guarded.ts'
import type { Site } from './record.ts'

export interface SiteStore {
  find(): Promise<Guarded<Site> | undefined>
  insert(site: Site): Promise<void>
  /** @throws DomainError `VERSION_CONFLICT` */
  update(site: Site): Promise<Site>
}
