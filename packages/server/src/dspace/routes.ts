import { WORKFLOW_ROLES, type Actor, type ContainerRole } from '@hexapla/repository'
import type { RestRequest, RestServer } from '@hexapla/rest'
import {
  ActuatorLinksHandler,
  ComponentHealthHandler,
  HealthHandler,
  InfoHandler,
} from '../actuator/actuator-handlers.ts'
import { PoliciesHandler, PolicyHandler } from './access/policy-handlers.ts'
import { GranteeHandler, PolicyResourceHandler } from './access/policy-link-handlers.ts'
import {
  PoliciesOfGroupHandler,
  PoliciesOfPersonHandler,
  PoliciesOfResourceHandler,
  POLICY_SEARCHES,
} from './access/policy-searches.ts'
import { RoleGroupHandler } from './access/role-group-handler.ts'
import { addAuthnRoutes, type AuthnRouteDeps } from './authn/authn-routes.ts'
import {
  BitstreamAccessStatusHandler,
  BitstreamBundleHandler,
  BitstreamFormatHandler,
  BitstreamThumbnailHandler,
} from './bitstreams/bitstream-link-handlers.ts'
import {
  BitstreamByItemHandleHandler,
  BitstreamHandler,
  BitstreamsHandler,
} from './bitstreams/bitstream-handlers.ts'
import { ContentHandler } from './bitstreams/content-handler.ts'
import { BrowserFileHandler, BrowserPageHandler } from './browser/browser-handler.ts'
import { BundleBitstreamsHandler } from './bundles/bundle-bitstreams-handler.ts'
import {
  BundleHandler,
  BundleItemHandler,
  BundlesHandler,
  ItemBundlesHandler,
} from './bundles/bundle-handlers.ts'
import { PrimaryBitstreamHandler } from './bundles/primary-bitstream-handler.ts'
import {
  CommunityOfCollectionHandler,
  DefaultAccessConditionsHandler,
  LicenseHandler,
  MappedItemsHandler,
} from './collections/collection-associations.ts'
import { CollectionHandler, CollectionsHandler } from './collections/collection-handlers.ts'
import {
  COLLECTION_SEARCHES,
  PermittedCollectionsHandler,
  SubmittableCollectionsHandler,
} from './collections/collection-searches.ts'
import {
  TemplateHandler,
  TemplateOfCollectionHandler,
  TemplatesHandler,
} from './collections/template-handlers.ts'
import {
  CommunityCollectionsHandler,
  ParentCommunityHandler,
  SubcommunitiesHandler,
} from './communities/community-associations.ts'
import { CommunitiesHandler, CommunityHandler } from './communities/community-handlers.ts'
import {
  COMMUNITY_SEARCHES,
  PermittedCommunitiesHandler,
  TopCommunitiesHandler,
} from './communities/community-searches.ts'
import { addExternalRoutes } from './external/external-routes.ts'
import { SearchMethodsHandler } from './hal/search-methods-handler.ts'
import { HarvesterHandler, HarvesterMetadataHandler } from './harvest/harvester-handlers.ts'
import { FindByIdentifierHandler, FindByUuidHandler } from './identifiers/find-handlers.ts'
import {
  IdentifiersHandler,
  ItemAccessStatusHandler,
  ItemThumbnailHandler,
  ItemVersionHandler,
  OwningCollectionHandler,
  SubmitterHandler,
  TemplateItemOfHandler,
} from './items/item-associations.ts'
import { EditableItemsHandler, ItemHandler, ItemsHandler } from './items/item-handlers.ts'
import { ITEM_SEARCHES, ItemByCustomUrlHandler } from './items/item-searches.ts'
import { MappedCollectionHandler, MappedCollectionsHandler } from './items/mapped-collections.ts'
import { LogoHandler } from './logos/logo-handlers.ts'
import { addOpenApiRoutes } from './openapi/openapi-routes.ts'
import { ContainerOfGroupHandler, GroupHandler, GroupsHandler } from './people/group-handlers.ts'
import {
  MemberHandler,
  MembersHandler,
  SubgroupHandler,
  SubgroupsHandler,
} from './people/membership-handlers.ts'
import { GroupsOfPersonHandler, PeopleHandler, PersonHandler } from './people/person-handlers.ts'
import {
  FieldHandler,
  FieldsByNameHandler,
  FieldsBySchemaHandler,
  FieldsHandler,
  SchemaOfFieldHandler,
} from './registries/field-handlers.ts'
import { FormatHandler, FormatsHandler } from './registries/format-handlers.ts'
import { SchemaHandler, SchemasHandler } from './registries/schema-handlers.ts'
import { addRelationshipRoutes } from './relationships/relationship-routes.ts'
import { RootHandler, type Endpoint } from './root/root-handler.ts'
import {
  DiscoverHandler,
  SearchConfigurationHandler,
  SearchObjectsHandler,
} from './search/search-handlers.ts'
import { SiteHandler, SitesHandler } from './sites/site-handlers.ts'

/** What the routes of the dialect are made of. */
export interface RouteDeps extends AuthnRouteDeps {
  readonly findActor: (request: RestRequest) => Promise<Actor>
  readonly maxUploadBytes: number
  readonly site: { readonly name: string; readonly version: string; readonly uiUrl: () => string }
}

/** The primary endpoints, as the root document names them. */
const ENDPOINTS: readonly Endpoint[] = [
  { rel: 'authn', path: 'authn' },
  { rel: 'bitstreamformats', path: 'core/bitstreamformats' },
  { rel: 'bitstreams', path: 'core/bitstreams' },
  { rel: 'bundles', path: 'core/bundles' },
  { rel: 'epersons', path: 'eperson/epersons' },
  { rel: 'groups', path: 'eperson/groups' },
  { rel: 'metadatafields', path: 'core/metadatafields' },
  { rel: 'metadataschemas', path: 'core/metadataschemas' },
  { rel: 'collections', path: 'core/collections' },
  { rel: 'communities', path: 'core/communities' },
  { rel: 'items', path: 'core/items' },
  { rel: 'itemtemplates', path: 'core/itemtemplates' },
  { rel: 'resourcepolicies', path: 'authz/resourcepolicies' },
  { rel: 'resourcepolicies-search', path: 'authz/resourcepolicies/search' },
  { rel: 'entitytypes', path: 'core/entitytypes' },
  { rel: 'relationships', path: 'core/relationships' },
  { rel: 'relationshiptypes', path: 'core/relationshiptypes' },
  { rel: 'externalsources', path: 'integration/externalsources' },
  { rel: 'harvestermetadata', path: 'config/harvestermetadata' },
  { rel: 'sites', path: 'core/sites' },
  { rel: 'dso', path: 'dso/find{?uuid}' },
  { rel: 'pid', path: 'pid/find{?id}' },
  { rel: 'discover', path: 'discover' },
  { rel: 'actuator', path: '/actuator' },
]

/** Every address of the DSpace dialect, in one list. */
export function addRoutes(server: RestServer, deps: RouteDeps): void {
  const { hal, useCases, maxUploadBytes, site } = deps
  const api = '/server/api'
  server.addRoute(api, RootHandler, { deps: { ...hal, ...site, endpoints: ENDPOINTS } })

  addAuthnRoutes(server, api, deps)

  const find = { deps: { ...hal, records: useCases.records } }
  server.addRoute(`${api}/dso/find`, FindByUuidHandler, find)
  server.addRoute(`${api}/pid/find`, FindByIdentifierHandler, find)

  server.addRoute(`${api}/discover`, DiscoverHandler, find)
  server.addRoute(`${api}/discover/search`, SearchConfigurationHandler, find)
  server.addRoute(`${api}/discover/search/objects`, SearchObjectsHandler, find)

  server.addRoute('/server', BrowserPageHandler, { deps: {} })
  server.addRoute('/server/', BrowserPageHandler, { deps: {} })
  server.addRoute('/server/browser/:file', BrowserFileHandler, { deps: {} })
  addOpenApiRoutes(server, { api: hal.api, site })

  const actuator = {
    deps: {
      server: () => hal.api().slice(0, -'/api'.length),
      system: useCases.system,
      findActor: deps.findActor,
      app: { name: site.name, version: site.version },
    },
  }
  server.addRoute('/server/actuator', ActuatorLinksHandler, actuator)
  server.addRoute('/server/actuator/health', HealthHandler, actuator)
  server.addRoute('/server/actuator/health/:component', ComponentHealthHandler, actuator)
  server.addRoute('/server/actuator/info', InfoHandler, actuator)

  const registries = {
    deps: { ...hal, fields: useCases.fields, formats: useCases.formats, schemas: useCases.schemas },
  }
  server.addRoute(`${api}/core/metadataschemas`, SchemasHandler, registries)
  server.addRoute(`${api}/core/metadataschemas/:id`, SchemaHandler, registries)
  server.addRoute(`${api}/core/metadatafields`, FieldsHandler, registries)
  server.addRoute(`${api}/core/metadatafields/search`, SearchMethodsHandler, {
    deps: { ...hal, methods: ['byFieldName', 'bySchema{?schema}'] },
  })
  server.addRoute(`${api}/core/metadatafields/search/byFieldName`, FieldsByNameHandler, registries)
  server.addRoute(`${api}/core/metadatafields/search/bySchema`, FieldsBySchemaHandler, registries)
  server.addRoute(`${api}/core/metadatafields/:id`, FieldHandler, registries)
  server.addRoute(`${api}/core/metadatafields/:id/schema`, SchemaOfFieldHandler, registries)
  server.addRoute(`${api}/core/bitstreamformats`, FormatsHandler, registries)
  server.addRoute(`${api}/core/bitstreamformats/:id`, FormatHandler, registries)

  const people = { deps: { ...hal, people: useCases.people } }
  server.addRoute(`${api}/eperson/epersons`, PeopleHandler, people)
  server.addRoute(`${api}/eperson/epersons/:id`, PersonHandler, people)
  server.addRoute(`${api}/eperson/epersons/:id/groups`, GroupsOfPersonHandler, people)

  const groups = { deps: { ...hal, groups: useCases.groups } }
  server.addRoute(`${api}/eperson/groups`, GroupsHandler, groups)
  server.addRoute(`${api}/eperson/groups/:id`, GroupHandler, groups)
  server.addRoute(`${api}/eperson/groups/:id/object`, ContainerOfGroupHandler, groups)
  server.addRoute(`${api}/eperson/groups/:id/epersons`, MembersHandler, groups)
  server.addRoute(`${api}/eperson/groups/:id/epersons/:personId`, MemberHandler, groups)
  server.addRoute(`${api}/eperson/groups/:id/subgroups`, SubgroupsHandler, groups)
  server.addRoute(`${api}/eperson/groups/:id/subgroups/:groupId`, SubgroupHandler, groups)

  const grants = { ...hal, access: useCases.access, records: useCases.records }
  const policies = { deps: grants }
  const policyPath = `${api}/authz/resourcepolicies`
  server.addRoute(policyPath, PoliciesHandler, policies)
  server.addRoute(`${policyPath}/search`, SearchMethodsHandler, {
    deps: { ...hal, methods: POLICY_SEARCHES },
  })
  server.addRoute(`${policyPath}/search/eperson`, PoliciesOfPersonHandler, policies)
  server.addRoute(`${policyPath}/search/group`, PoliciesOfGroupHandler, policies)
  server.addRoute(`${policyPath}/search/resource`, PoliciesOfResourceHandler, policies)
  server.addRoute(`${policyPath}/:id`, PolicyHandler, policies)
  server.addRoute(`${policyPath}/:id/eperson`, GranteeHandler, { deps: { ...grants, kind: 'person' } })
  server.addRoute(`${policyPath}/:id/group`, GranteeHandler, { deps: { ...grants, kind: 'group' } })
  server.addRoute(`${policyPath}/:id/resource`, PolicyResourceHandler, policies)

  const sites = { deps: { ...hal, site: useCases.site } }
  server.addRoute(`${api}/core/sites`, SitesHandler, sites)
  server.addRoute(`${api}/core/sites/:id`, SiteHandler, sites)

  const places = { ...hal, communities: useCases.communities, collections: useCases.collections }
  const logos = { ...hal, logos: useCases.logos, bitstreams: useCases.bitstreams, maxUploadBytes }
  const communities = { deps: places }
  const communityPath = `${api}/core/communities`
  server.addRoute(communityPath, CommunitiesHandler, communities)
  server.addRoute(`${communityPath}/search`, SearchMethodsHandler, {
    deps: { ...hal, methods: COMMUNITY_SEARCHES },
  })
  server.addRoute(`${communityPath}/search/top`, TopCommunitiesHandler, communities)
  for (const [name, action] of [
    ['findAdminAuthorized', 'ADMIN'],
    ['findEditAuthorized', 'WRITE'],
    ['findAddAuthorized', 'ADD'],
  ] as const) {
    server.addRoute(`${communityPath}/search/${name}`, PermittedCommunitiesHandler, {
      deps: { ...places, action },
    })
  }
  server.addRoute(`${communityPath}/:id`, CommunityHandler, communities)
  server.addRoute(`${communityPath}/:id/subcommunities`, SubcommunitiesHandler, communities)
  server.addRoute(`${communityPath}/:id/collections`, CommunityCollectionsHandler, communities)
  server.addRoute(`${communityPath}/:id/parentCommunity`, ParentCommunityHandler, communities)
  server.addRoute(`${communityPath}/:id/logo`, LogoHandler, {
    deps: { ...logos, kind: 'community', read: useCases.communities.read },
  })
  server.addRoute(`${communityPath}/:id/adminGroup`, RoleGroupHandler, {
    deps: { ...hal, access: useCases.access, kind: 'community', role: 'admin' },
  })

  const collections = { deps: places }
  const collectionPath = `${api}/core/collections`
  server.addRoute(collectionPath, CollectionsHandler, collections)
  server.addRoute(`${collectionPath}/search`, SearchMethodsHandler, {
    deps: { ...hal, methods: COLLECTION_SEARCHES },
  })
  for (const [name, community, entityType] of [
    ['findSubmitAuthorized', false, false],
    ['findSubmitAuthorizedByEntityType', false, true],
    ['findSubmitAuthorizedByCommunity', true, false],
    ['findSubmitAuthorizedByCommunityAndEntityType', true, true],
  ] as const) {
    server.addRoute(`${collectionPath}/search/${name}`, SubmittableCollectionsHandler, {
      deps: { ...places, by: { community, entityType } },
    })
  }
  for (const [name, action] of [
    ['findAdminAuthorized', 'ADMIN'],
    ['findEditAuthorized', 'WRITE'],
  ] as const) {
    server.addRoute(`${collectionPath}/search/${name}`, PermittedCollectionsHandler, {
      deps: { ...places, action },
    })
  }
  server.addRoute(`${collectionPath}/:id`, CollectionHandler, collections)
  server.addRoute(
    `${collectionPath}/:id/defaultAccessConditions`,
    DefaultAccessConditionsHandler,
    collections,
  )
  server.addRoute(`${collectionPath}/:id/itemtemplate`, TemplateOfCollectionHandler, collections)
  server.addRoute(`${collectionPath}/:id/harvester`, HarvesterHandler, {
    deps: { ...hal, harvests: useCases.harvests },
  })
  server.addRoute(`${api}/config/harvestermetadata`, HarvesterMetadataHandler, { deps: hal })
  server.addRoute(`${collectionPath}/:id/license`, LicenseHandler, collections)
  server.addRoute(`${collectionPath}/:id/mappedItems`, MappedItemsHandler, collections)
  server.addRoute(`${collectionPath}/:id/parentCommunity`, CommunityOfCollectionHandler, collections)
  server.addRoute(`${collectionPath}/:id/logo`, LogoHandler, {
    deps: { ...logos, kind: 'collection', read: useCases.collections.read },
  })
  const roleGroups: readonly (readonly [string, ContainerRole])[] = [
    ['adminGroup', 'admin'],
    ['submittersGroup', 'submit'],
    ['itemReadGroup', 'item_read'],
    ['bitstreamReadGroup', 'bitstream_read'],
    ...WORKFLOW_ROLES.map((role) => [`workflowGroups/${role}`, role] as const),
  ]
  for (const [name, role] of roleGroups) {
    server.addRoute(`${collectionPath}/:id/${name}`, RoleGroupHandler, {
      deps: { ...hal, access: useCases.access, kind: 'collection', role },
    })
  }
  server.addRoute(`${api}/core/itemtemplates`, TemplatesHandler, { deps: hal })
  server.addRoute(`${api}/core/itemtemplates/:id`, TemplateHandler, collections)

  addExternalRoutes(server, api, { hal, useCases })

  const items = { deps: { ...hal, collections: useCases.collections, items: useCases.items } }
  server.addRoute(`${api}/core/items`, ItemsHandler, {
    deps: { ...items.deps, externalSources: useCases.externalSources },
  })
  server.addRoute(`${api}/core/items/search/findEditAuthorized`, EditableItemsHandler, items)
  server.addRoute(`${api}/core/items/search`, SearchMethodsHandler, {
    deps: { ...hal, methods: ITEM_SEARCHES },
  })
  server.addRoute(`${api}/core/items/search/findByCustomURL`, ItemByCustomUrlHandler, items)
  server.addRoute(`${api}/core/items/:id`, ItemHandler, items)
  server.addRoute(`${api}/core/items/:id/accessStatus`, ItemAccessStatusHandler, items)
  server.addRoute(`${api}/core/items/:id/identifiers`, IdentifiersHandler, items)
  server.addRoute(`${api}/core/items/:id/mappedCollections`, MappedCollectionsHandler, items)
  server.addRoute(`${api}/core/items/:id/mappedCollections/:collectionId`, MappedCollectionHandler, items)
  server.addRoute(`${api}/core/items/:id/owningCollection`, OwningCollectionHandler, items)
  server.addRoute(`${api}/core/items/:id/submitter`, SubmitterHandler, items)
  server.addRoute(`${api}/core/items/:id/templateItemOf`, TemplateItemOfHandler, items)
  server.addRoute(`${api}/core/items/:id/thumbnail`, ItemThumbnailHandler, items)
  server.addRoute(`${api}/core/items/:id/version`, ItemVersionHandler, items)

  addRelationshipRoutes(server, api, { hal, useCases })

  const bundles = { deps: { ...hal, bundles: useCases.bundles, items: useCases.items } }
  server.addRoute(`${api}/core/items/:id/bundles`, ItemBundlesHandler, bundles)
  server.addRoute(`${api}/core/bundles`, BundlesHandler, bundles)
  server.addRoute(`${api}/core/bundles/:id`, BundleHandler, bundles)
  server.addRoute(`${api}/core/bundles/:id/bitstreams`, BundleBitstreamsHandler, {
    deps: { ...hal, bitstreams: useCases.bitstreams, maxUploadBytes },
  })
  server.addRoute(`${api}/core/bundles/:id/item`, BundleItemHandler, bundles)
  server.addRoute(`${api}/core/bundles/:id/primaryBitstream`, PrimaryBitstreamHandler, bundles)

  const { bitstreams: files, formats } = useCases
  const bitstreams = { deps: { ...hal, bitstreams: files, bundles: useCases.bundles, formats } }
  server.addRoute(`${api}/core/bitstreams`, BitstreamsHandler, bitstreams)
  server.addRoute(`${api}/core/bitstreams/search`, SearchMethodsHandler, {
    deps: { ...hal, methods: ['byItemHandle'] },
  })
  server.addRoute(`${api}/core/bitstreams/search/byItemHandle`, BitstreamByItemHandleHandler, bitstreams)
  server.addRoute(`${api}/core/bitstreams/:id`, BitstreamHandler, bitstreams)
  server.addRoute(`${api}/core/bitstreams/:id/accessStatus`, BitstreamAccessStatusHandler, bitstreams)
  server.addRoute(`${api}/core/bitstreams/:id/bundle`, BitstreamBundleHandler, bitstreams)
  server.addRoute(`${api}/core/bitstreams/:id/content`, ContentHandler, bitstreams)
  server.addRoute(`${api}/core/bitstreams/:id/format`, BitstreamFormatHandler, bitstreams)
  server.addRoute(`${api}/core/bitstreams/:id/thumbnail`, BitstreamThumbnailHandler, bitstreams)
}
