import { HttpError, type SerializedJson } from '@hexapla/rest'
import { expectedVersion } from '../hal/etag.ts'
import { HalHandler } from '../hal/hal-handler.ts'
import { uuidOf } from '../hal/path-id.ts'
import { resource } from '../hal/resource.ts'
import { numbersOf, single, uuidsOf } from '../hal/uri-list.ts'
import { withStatus } from '../http/with-status.ts'
import { accessStatusResource } from '../items/access-status-resource.ts'
import type { BitstreamDeps } from './bitstream-handlers.ts'

/** `core/bitstreams/:id/bundle` (RestContract bitstreams.md, "Bundle"); a logo has none. `If-Match` names a version of the file. */
export class BitstreamBundleHandler extends HalHandler<BitstreamDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { bundleId } = await this.deps.bitstreams.read(this.actor, uuidOf(this.request))
    return bundleId === null ? undefined : this.#answerBundle(bundleId)
  }

  override async put(): Promise<SerializedJson | undefined> {
    const id = uuidOf(this.request)
    const expected = expectedVersion(this.request)
    const bundleId = only(uuidsOf(await this.request.uriList(), 'core/bundles'))
    // The original refuses a move to where the file is as a bad request.
    await withStatus({ CONFLICT: 400 }, () =>
      this.deps.bitstreams.move(this.actor, { id, bundleId, expected }),
    )
    return this.#answerBundle(bundleId)
  }

  async #answerBundle(id: string): Promise<SerializedJson | undefined> {
    return this.answer(resource(this.deps.types.bundle, await this.deps.bundles.read(this.actor, id)))
  }
}

/** `core/bitstreams/:id/format` (RestContract bitstreams.md, "Format"). `If-Match` names a version of the file. */
export class BitstreamFormatHandler extends HalHandler<BitstreamDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { formatId } = await this.deps.bitstreams.read(this.actor, uuidOf(this.request))
    const format = await this.deps.formats.read(this.actor, formatId)
    return this.answer(resource(this.deps.types.format, format))
  }

  override async put(): Promise<SerializedJson | undefined> {
    const id = uuidOf(this.request)
    const expected = expectedVersion(this.request)
    const uris = await this.request.uriList()
    // "400 Bad Request - if the bitstream format doesn't exist, or if the amount of bitstream formats is not 1"
    const bitstream = await withStatus({ REFERENCE_INVALID: 400 }, async () => {
      const formatId = single(numbersOf(uris, 'core/bitstreamformats'))
      return this.deps.bitstreams.setFormat(this.actor, { id, formatId, expected })
    })
    return this.answer(resource(this.deps.types.bitstream, bitstream))
  }
}

/** `core/bitstreams/:id/thumbnail` (RestContract bitstreams.md, "Main Thumbnail"). */
export class BitstreamThumbnailHandler extends HalHandler<BitstreamDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const thumbnail = await this.deps.bitstreams.thumbnail(this.actor, uuidOf(this.request))
    return thumbnail === null ? undefined : this.answer(resource(this.deps.types.bitstream, thumbnail))
  }
}

/** `core/bitstreams/:id/accessStatus` (RestContract bitstreams.md, "Access Status"). */
export class BitstreamAccessStatusHandler extends HalHandler<BitstreamDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const id = uuidOf(this.request)
    const status = await this.deps.bitstreams.accessStatus(this.actor, id)
    return this.answer(resource(accessStatusResource, { place: `core/bitstreams/${id}`, status }))
  }
}

/** "422 Unprocessable Entity - if the bundle doesn't exist, or if the amount of bundles is not 1" */
function only(ids: readonly string[]): string {
  const [id, ...others] = ids
  if (id !== undefined && others.length === 0) return id
  throw new HttpError(422, 'one-uri-expected', `Exactly one bundle is expected, not ${ids.length}`)
}
