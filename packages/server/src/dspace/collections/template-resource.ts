import type { Item } from '@hexapla/repository'
import { momentText } from '../hal/moment.ts'
import { recordProperties } from '../hal/record-properties.ts'
import { embedOne, type ResourceType } from '../hal/resource.ts'

const idOf = (template: Item) => template.id

/** What new items of a collection start from (RestContract itemtemplates.md, "Single Item template"). */
export const templateResource: ResourceType<Item> = {
  type: 'itemtemplate',
  plural: 'itemtemplates',
  id: idOf,
  path: (template) => `core/itemtemplates/${template.id}`,
  version: (template) => template.version,
  properties: (template, view) => ({
    ...recordProperties(template, view),
    name: null,
    inArchive: false,
    discoverable: false,
    withdrawn: false,
    lastModified: momentText(template.modifiedAt),
    type: 'itemtemplate',
    uniqueType: 'core.itemtemplate',
  }),
  links: [
    {
      name: 'templateItemOf',
      path: ({ templateOfId }) => (templateOfId === null ? null : `core/collections/${templateOfId}`),
      embed: embedOne(
        'collection',
        idOf,
        (template: Item) => template.templateOfId,
        (view, ids) => view.related.collections(ids),
      ),
    },
  ],
}
