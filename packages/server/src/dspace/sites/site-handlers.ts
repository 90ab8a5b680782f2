import { DomainError, type Site, type UseCases } from '@hexapla/repository'
import type { SerializedJson } from '@hexapla/rest'
import { expectedVersion } from '../hal/etag.ts'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { uuidOf } from '../hal/path-id.ts'
import { readPatch } from '../hal/read-patch.ts'
import { resource, resourcePage } from '../hal/resource.ts'

export interface SiteDeps extends HalDeps {
  readonly site: UseCases['site']
}

/** `core/sites`: a list of exactly one, where clients begin. */
export class SitesHandler extends HalHandler<SiteDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { number, size } = this.pageRequest()
    const site = await this.deps.site.read(this.actor)
    const page = { elements: number === 0 ? [site] : [], number, size, total: 1 }
    return this.answerPage(resourcePage(this.deps.types.site, page), this.deps.types.site.plural)
  }
}

/** `core/sites/:id`. */
export class SiteHandler extends HalHandler<SiteDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    return this.answer(resource(this.deps.types.site, await this.#site()))
  }

  override async patch(): Promise<SerializedJson | undefined> {
    const expected = expectedVersion(this.request)
    await this.#site()
    const patch = await readPatch(this.request)
    const site = await this.deps.site.patch(this.actor, { patch, expected })
    return this.answer(resource(this.deps.types.site, site))
  }

  async #site(): Promise<Site> {
    const id = uuidOf(this.request)
    const site = await this.deps.site.read(this.actor)
    if (site.id === id) return site
    throw new DomainError('NOT_FOUND', `No site has the identifier ${id}`, { what: 'site', id })
  }
}
