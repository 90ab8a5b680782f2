import type { BitstreamFormat } from '@hexapla/repository'
import type { ResourceType } from '../hal/resource.ts'

/** Bitstream formats (RestContract bitstreamformats.md). */
export const formatResource: ResourceType<BitstreamFormat> = {
  type: 'bitstreamformat',
  plural: 'bitstreamformats',
  id: (format) => String(format.id),
  path: (format) => `core/bitstreamformats/${format.id}`,
  properties: (format) => ({
    id: format.id,
    shortDescription: format.shortDescription,
    description: format.description,
    mimetype: format.mimetype,
    supportLevel: format.supportLevel,
    internal: format.internal,
    extensions: format.extensions,
    type: 'bitstreamformat',
    uniqueType: 'core.bitstreamformat',
  }),
  links: [],
}
