import type { Bundle } from '@hexapla/repository'
import type { SerializedJson } from '@hexapla/rest'
import { expectedVersion } from '../hal/etag.ts'
import { HalHandler } from '../hal/hal-handler.ts'
import { uuidOf } from '../hal/path-id.ts'
import { resource } from '../hal/resource.ts'
import { single, uuidsOf } from '../hal/uri-list.ts'
import { withStatus } from '../http/with-status.ts'
import type { BundleDeps } from './bundle-handlers.ts'

/** Whether there is a primary file already, or none yet (RestContract bundles.md, "Primary bitstream"). */
const STATUS_OF = { CONFLICT: 400 }

/**
 * `core/bundles/:id/primaryBitstream`. Changes are answered with the bundle, as the original does; `If-Match` names a
 * version of the bundle.
 */
export class PrimaryBitstreamHandler extends HalHandler<BundleDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const bitstream = await this.deps.bundles.readPrimary(this.actor, uuidOf(this.request))
    return bitstream === null ? undefined : this.answer(resource(this.deps.types.bitstream, bitstream))
  }

  override async post(): Promise<SerializedJson | undefined> {
    const input = await this.#readInput()
    return this.#answerBundle(
      await withStatus(STATUS_OF, () => this.deps.bundles.createPrimary(this.actor, input)),
      201,
    )
  }

  override async put(): Promise<SerializedJson | undefined> {
    const input = await this.#readInput()
    return this.#answerBundle(
      await withStatus(STATUS_OF, () => this.deps.bundles.changePrimary(this.actor, input)),
      200,
    )
  }

  override async delete(): Promise<void> {
    const input = { bundleId: uuidOf(this.request), expected: expectedVersion(this.request) }
    await withStatus(STATUS_OF, () => this.deps.bundles.removePrimary(this.actor, input))
  }

  async #readInput() {
    const bundleId = uuidOf(this.request)
    const expected = expectedVersion(this.request)
    const bitstreamId = single(uuidsOf(await this.request.uriList(), 'core/bitstreams'))
    return { bundleId, expected, bitstreamId }
  }

  #answerBundle(bundle: Bundle, status: number): Promise<SerializedJson | undefined> {
    return this.answer(resource(this.deps.types.bundle, bundle), status)
  }
}
