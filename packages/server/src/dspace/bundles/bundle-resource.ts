import type { Bundle } from '@hexapla/repository'
import { recordProperties } from '../hal/record-properties.ts'
import { embedMany, embedOne, type ResourceType } from '../hal/resource.ts'

const idOf = (bundle: Bundle) => bundle.id

/** Bundles (RestContract bundles.md, "Single Bundle"). */
export const bundleResource: ResourceType<Bundle> = {
  type: 'bundle',
  plural: 'bundles',
  id: idOf,
  path: (bundle) => `core/bundles/${bundle.id}`,
  version: (bundle) => bundle.version,
  properties: (bundle, view) => ({
    ...recordProperties(bundle, view, { name: bundle.name }),
    type: 'bundle',
    uniqueType: 'core.bundle',
  }),
  links: [
    {
      name: 'bitstreams',
      embed: embedMany('bitstream', idOf, (view, ids, size) => view.related.bitstreamsOf(ids, size)),
    },
    {
      name: 'item',
      embed: embedOne(
        'item',
        idOf,
        (bundle: Bundle) => bundle.itemId,
        (view, ids) => view.related.items(ids),
      ),
    },
    {
      name: 'primaryBitstream',
      embed: embedOne(
        'bitstream',
        idOf,
        (bundle: Bundle) => bundle.primaryBitstreamId,
        (view, ids) => view.related.bitstreams(ids),
      ),
    },
  ],
}
