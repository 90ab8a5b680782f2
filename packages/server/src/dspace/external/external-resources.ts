import type { ExternalEntry, ExternalSource } from '@hexapla/repository'
import { metadataDocument } from '../hal/metadata-document.ts'
import type { ResourceType } from '../hal/resource.ts'

const PLACE = 'integration/externalsources'

/** Services of others that know metadata (RestContract external-authority-sources.md, "Single Authority"). */
export const externalSourceResource: ResourceType<ExternalSource> = {
  type: 'externalsource',
  plural: 'externalsources',
  id: ({ id }) => id,
  path: ({ id }) => `${PLACE}/${id}`,
  properties: ({ id }) => ({
    id,
    name: id,
    hierarchical: false,
    type: 'externalsource',
    uniqueType: 'integration.externalsource',
  }),
  links: [{ name: 'entityTypes' }, { name: 'entries' }],
}

/** What they know (RestContract external-authority-sources.md, "single entry"). Ids may have slashes. */
export const externalEntryResource: ResourceType<ExternalEntry> = {
  type: 'externalSourceEntry',
  plural: 'externalSourceEntries',
  id: ({ id }) => id,
  path: ({ id, source }) => `${PLACE}/${source}/entryValues/${encodeURIComponent(id)}`,
  properties: ({ id, display, source, metadata }, view) => ({
    id,
    display,
    value: display,
    externalSource: source,
    metadata: metadataDocument(metadata, view.actor.isAdministrator),
    type: 'externalSourceEntry',
    uniqueType: 'integration.externalSourceEntry',
  }),
  links: [{ name: 'parent', path: ({ source }) => `${PLACE}/${source}` }],
}
