import type { Bitstream } from '@hexapla/repository'
import { recordProperties } from '../hal/record-properties.ts'
import { embedOne, embedFound, type ResourceType } from '../hal/resource.ts'

const idOf = (bitstream: Bitstream) => bitstream.id

/** Files (RestContract bitstreams.md, "Single Bitstream"). */
export const bitstreamResource: ResourceType<Bitstream> = {
  type: 'bitstream',
  plural: 'bitstreams',
  id: idOf,
  path: (bitstream) => `core/bitstreams/${bitstream.id}`,
  version: (bitstream) => bitstream.version,
  properties: (bitstream, view) => ({
    ...recordProperties(bitstream, view),
    bundleName: bitstream.bundleName,
    sizeBytes: bitstream.content.size,
    checkSum: { checkSumAlgorithm: 'MD5', value: bitstream.content.md5 },
    sequenceId: bitstream.sequenceId,
    type: 'bitstream',
    uniqueType: 'core.bitstream',
  }),
  links: [
    { name: 'accessStatus' },
    {
      name: 'bundle',
      embed: embedOne(
        'bundle',
        idOf,
        (bitstream: Bitstream) => bitstream.bundleId,
        (view, ids) => view.related.bundles(ids),
      ),
    },
    { name: 'content' },
    {
      name: 'format',
      embed: embedOne(
        'format',
        idOf,
        (bitstream: Bitstream) => bitstream.formatId,
        (view, ids) => view.related.formats(ids),
      ),
    },
    {
      name: 'thumbnail',
      embed: embedFound('bitstream', idOf, (view, ids) => view.related.thumbnailsOfBitstreams(ids)),
    },
  ],
}
