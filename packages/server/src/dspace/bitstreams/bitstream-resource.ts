import type { Bitstream } from '@hexapla/repository'
import { recordProperties } from '../hal/record-properties.ts'
import { embedFound, embedOne, resource, type Embed, type ResourceType } from '../hal/resource.ts'
import { accessStatusResource } from '../items/access-status-resource.ts'

const idOf = (bitstream: Bitstream) => bitstream.id

const embedAccessStatus: Embed<Bitstream> = {
  kind: 'one',
  async load(view, bitstreams) {
    const statuses = await view.related.accessStatusesOfBitstreams(bitstreams.map(idOf))
    return new Map(
      [...statuses].map(([id, status]) => [
        id,
        resource(accessStatusResource, { place: `core/bitstreams/${id}`, status }),
      ]),
    )
  },
}

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
    { name: 'accessStatus', embed: embedAccessStatus },
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
