import type { UseCases } from '@hexapla/repository'
import type { SerializedJson } from '@hexapla/rest'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { uuidOf } from '../hal/path-id.ts'
import { resource, resourcePage } from '../hal/resource.ts'
import { receiveFile } from '../http/receive-file.ts'

export interface BundleBitstreamsDeps extends HalDeps {
  readonly bitstreams: Pick<UseCases['bitstreams'], 'list' | 'upload'>
  readonly maxUploadBytes: number
}

/** `core/bundles/:id/bitstreams` (RestContract bundles.md, "Bitstreams"). */
export class BundleBitstreamsHandler extends HalHandler<BundleBitstreamsDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { bitstream } = this.deps.types
    const page = await this.deps.bitstreams.list(this.actor, uuidOf(this.request), this.pageRequest())
    return this.answerPage(resourcePage(bitstream, page), bitstream.plural)
  }

  override async post(): Promise<SerializedJson | undefined> {
    const bundleId = uuidOf(this.request)
    const bitstream = await receiveFile(this.request, this.deps.maxUploadBytes, (file) =>
      this.deps.bitstreams.upload(this.actor, { ...file, bundleId }),
    )
    return this.answerCreated(resource(this.deps.types.bitstream, bitstream))
  }
}
