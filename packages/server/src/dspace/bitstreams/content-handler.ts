import type { Readable } from 'node:stream'
import { firstValue, type Bitstream, type BitstreamFormat, type UseCases } from '@hexapla/repository'
import { sendContent } from '@hexapla/rest'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { uuidOf } from '../hal/path-id.ts'
import { contentPolicy, isShownInPlace } from '../../content-safety.ts'

export interface ContentDeps extends HalDeps {
  readonly bitstreams: Pick<UseCases['bitstreams'], 'openContent'>
}

/** `core/bitstreams/:id/content` (RestContract bitstreams.md, "Content"), with ranges and conditions. */
export class ContentHandler extends HalHandler<ContentDeps> {
  override async get(): Promise<Readable | undefined> {
    const { bitstream, format, open } = await this.deps.bitstreams.openContent(
      this.actor,
      uuidOf(this.request),
    )
    const { mimetype } = format
    // What nobody had to sign in for may be kept by all caches, which ask whether it still holds.
    if (this.actor.personId === null) this.response.header('Cache-Control', 'public, no-cache')
    const policy = contentPolicy(mimetype)
    if (policy !== null) this.response.header('Content-Security-Policy', policy)
    // The language of the API's own words is not that of the file.
    this.response.removeHeader('Content-Language')
    return sendContent(this.request, this.response, {
      size: bitstream.content.size,
      type: mimetype,
      etag: `"${bitstream.content.md5}"`,
      lastModified: bitstream.modifiedAt,
      disposition: {
        type: isShownInPlace(format) ? 'inline' : 'attachment',
        filename: fileName(bitstream, format),
      },
      open,
    })
  }
}

/** A file without a name is saved under its uuid. */
function fileName(bitstream: Bitstream, format: BitstreamFormat): string {
  const [extension] = format.extensions
  const fallback = extension === undefined ? bitstream.id : `${bitstream.id}.${extension}`
  return firstValue(bitstream.metadata, 'dc.title') ?? fallback
}
