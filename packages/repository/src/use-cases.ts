import { relatedTo } from './services/related/related.ts'
import { accessUseCases } from './use-cases/access.ts'
import { bitstreamsUseCases } from './use-cases/bitstreams.ts'
import { bundlesUseCases } from './use-cases/bundles.ts'
import { collectionsUseCases } from './use-cases/collections.ts'
import { communitiesUseCases } from './use-cases/communities.ts'
import { datasetsUseCases } from './use-cases/datasets.ts'
import { datastreamsUseCases } from './use-cases/datastreams.ts'
import { entityTypesUseCases } from './use-cases/entity-types.ts'
import { externalSourcesUseCases } from './use-cases/external-sources.ts'
import { fieldsUseCases } from './use-cases/fields.ts'
import { formatsUseCases } from './use-cases/formats.ts'
import { groupsUseCases } from './use-cases/groups.ts'
import { harvestsUseCases } from './use-cases/harvests.ts'
import { importsUseCases } from './use-cases/imports.ts'
import { itemsUseCases } from './use-cases/items.ts'
import { logosUseCases } from './use-cases/logos.ts'
import { objectsUseCases } from './use-cases/objects.ts'
import { peopleUseCases } from './use-cases/people.ts'
import { recordsUseCases } from './use-cases/records.ts'
import { relationshipTypesUseCases } from './use-cases/relationship-types.ts'
import { relationshipsUseCases } from './use-cases/relationships.ts'
import { sampleUseCases } from './use-cases/sample.ts'
import { schemasUseCases } from './use-cases/schemas.ts'
import { siteUseCases } from './use-cases/site.ts'
import { systemUseCases } from './use-cases/system.ts'
import { tokensUseCases } from './use-cases/tokens.ts'
import type { UseCaseDeps } from './use-cases/deps.ts'

/** Everything that a person can do with a repository: the one list that dialects and commands choose from. */
export function createUseCases(deps: UseCaseDeps) {
  return {
    access: accessUseCases(deps),
    bitstreams: bitstreamsUseCases(deps),
    bundles: bundlesUseCases(deps),
    collections: collectionsUseCases(deps),
    communities: communitiesUseCases(deps),
    datasets: datasetsUseCases(deps),
    datastreams: datastreamsUseCases(deps),
    entityTypes: entityTypesUseCases(deps),
    externalSources: externalSourcesUseCases(deps),
    fields: fieldsUseCases(deps),
    formats: formatsUseCases(deps),
    groups: groupsUseCases(deps),
    harvests: harvestsUseCases(deps),
    imports: importsUseCases(deps),
    items: itemsUseCases(deps),
    logos: logosUseCases(deps),
    objects: objectsUseCases(deps),
    people: peopleUseCases(deps),
    records: recordsUseCases(deps),
    relationshipTypes: relationshipTypesUseCases(deps),
    relationships: relationshipsUseCases(deps),
    sample: sampleUseCases(deps),
    schemas: schemasUseCases(deps),
    site: siteUseCases(deps),
    system: systemUseCases(deps),
    tokens: tokensUseCases(deps),
    related: relatedTo(deps),
  }
}

export type UseCases = ReturnType<typeof createUseCases>
