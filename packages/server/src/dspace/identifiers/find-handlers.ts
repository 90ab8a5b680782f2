import type { FindableRecord, UseCases } from '@hexapla/repository'
import { HttpError } from '@hexapla/rest'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { queryUuid } from '../hal/path-id.ts'
import { hrefOf } from '../hal/view.ts'
import { recordResource } from './record-resource.ts'

export interface FindDeps extends HalDeps {
  readonly records: UseCases['records']
}

/** Redirects to the resource of a record (dspace-ui 2.5). */
abstract class RedirectHandler extends HalHandler<FindDeps> {
  protected redirectTo(record: FindableRecord): void {
    const { type, value } = recordResource(this.deps.types, record)
    this.response.status(302).header('Location', hrefOf(this.view, type.path(value)))
  }
}

/** `dso/find?uuid=`: the resource with a uuid (UUIDLookupRestController of the original). */
export class FindByUuidHandler extends RedirectHandler {
  override async get(): Promise<void> {
    const uuid = queryUuid(this.request, 'uuid')
    this.redirectTo(await this.deps.records.find(this.actor, { uuid }))
  }
}

/** `pid/find?id=`: the resource with a handle (RestContract identifiers.md). */
export class FindByIdentifierHandler extends RedirectHandler {
  override async get(): Promise<void> {
    const handle = this.request.query.get('id')
    if (handle === null || handle.trim() === '') {
      throw new HttpError(400, 'argument-missing', 'The parameter id is required', {
        fields: [{ name: 'id', message: 'is required' }],
      })
    }
    this.redirectTo(await this.deps.records.find(this.actor, { handle }))
  }
}
