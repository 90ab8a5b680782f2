export { ADMINISTRATOR_GROUP, ANONYMOUS_GROUP, SYSTEM_ACTOR, type Actor } from './domain/access/actor.ts'
export {
  ACTIONS,
  type Action,
  type Grantee,
  type NewPolicy,
  type Policy,
  type ResourcePolicy,
} from './domain/access/policy.ts'
export { parseTerms, termsDocument, type PolicyTerms } from './domain/access/policy-terms.ts'
export {
  CHECKSUM_TYPES,
  CONTROL_GROUPS,
  labelOf,
  OBJECT_STATES,
  type Datastream,
  type DatastreamVersion,
} from './domain/datastreams/datastream.ts'
export { elementsIn, qualifiedName } from './xml/qualified-names.ts'
export { parseStrictXml, StrictXmlError } from './xml/strict-xml.ts'
export { dublinCoreOf, DC_ELEMENTS } from './domain/objects/dublin-core.ts'
export type { GivenValue } from './domain/objects/with-dublin-core.ts'
export { XSD } from './domain/triples/is-literal-of.ts'
export { pidOfUri, uriOfObject, uriOfPid } from './domain/triples/pid-uri.ts'
export {
  MODEL_NAMESPACE,
  RELATIONS_NAMESPACE,
  type Triple,
  type TripleFilter,
} from './domain/triples/triple.ts'
export type { Dataset } from './domain/datasets/dataset-store.ts'
export type { DatasetList, DatasetPaging, DatasetQuery } from './services/datasets/find-datasets.ts'
export type { DatastreamChange } from './services/datastreams/change-datastream.ts'
export { holdsAddress } from './domain/datastreams/location.ts'
export { VIRTUAL_DSIDS, type VirtualDsid } from './domain/datastreams/virtual-dsids.ts'
export type { NewAddress } from './services/datastreams/address-datastream.ts'
export type { NewDatastream } from './services/datastreams/create-datastream.ts'
export type { DatastreamContent } from './services/datastreams/read-datastream.ts'
export type { SeenObject } from './services/objects/read-object.ts'
export { DomainError, type DomainErrorCode } from './domain/errors.ts'
export { firstValue, metadataValue, type Metadata, type MetadataValue } from './domain/metadata/metadata.ts'
export { mapPage, type Page, type PageRequest } from './domain/page.ts'
export { parsePatch, type PatchOperation } from './domain/patch/parse-patch.ts'
export { PatchError, type PatchErrorCode } from './domain/patch/patch-error.ts'
export type { Clock } from './domain/clock.ts'
export type {
  Bitstream,
  BitstreamFormat,
  Bundle,
  Collection,
  Community,
  Group,
  Item,
  MetadataField,
  MetadataSchema,
  Person,
  RecordKind,
  Site,
} from './domain/records/record.ts'
export {
  WORKFLOW_ROLES,
  type ContainerReference,
  type ContainerRole,
} from './domain/access/container-role.ts'
export { licenseOf } from './services/collections/read-license.ts'
export type { EntityType, Relationship, RelationshipType, Side } from './domain/relationships/relationship.ts'
export type { CopyChoice } from './services/relationships/delete-relationship.ts'
export type { KeepChoice } from './services/relationships/detach-items.ts'
export type { AccessStatus } from './services/files/access-status.ts'
export type { SearchableRecord } from './domain/search/record-search.ts'
export type { FindableRecord } from './services/records/find-record.ts'
export type { Related } from './services/related/related.ts'
export { holds, PERMISSIONS, type Permission } from './domain/access/permission.ts'
export type { RolePermissions } from './domain/access/permission-store.ts'
export { SCOPES, type Scope } from './domain/access/scope.ts'
export type { ApiToken } from './domain/tokens/api-token.ts'
export type { Identity, SignInRules } from './domain/people/identity.ts'
export type { CreatedToken } from './services/tokens/create-token.ts'
export { isTokenText } from './services/tokens/token-text.ts'
export type { SessionClaim } from './services/access/authenticate.ts'
export type { OpenedSession } from './services/access/log-in.ts'
export type { CountedHit, HitLimit, HitWindow, HitWindows } from './domain/limits/hit-windows.ts'
export { limitKey } from './domain/limits/limit-key.ts'
export { networkOf } from './domain/limits/network-of.ts'
export type { HitStore } from './limits/open-hit-windows.ts'
export { listKeptMail, type KeptMail } from './mail/mail-folder.ts'
export type { NamingConfig } from './domain/records/identifiers.ts'
export { readSaf } from './import/saf/read-saf.ts'
export { readGeojson, type GeojsonOptions } from './import/geojson/read-geojson.ts'
export { readHysds, type HysdsOptions } from './import/hysds/read-hysds.ts'
export { readDataPackage, type DataPackage } from './import/datapackage/read-datapackage.ts'
export { samplePackageDirectory } from './import/datapackage/sample-package.ts'
export { importSample } from './import/import-sample.ts'
export type { ImportFault, ImportFile, ImportItem } from './import/import-item.ts'
export { ImportError, type ImportErrorCode } from './import/import-error.ts'
export { openMapFile, type MapFile } from './import/map-file.ts'
export type { ImportRow } from './services/import/import-row.ts'
export type { ImportOptions } from './services/import/import-chunk.ts'
export { ContentStoreError } from './domain/files/content-store.ts'
export type { RecordQueryAnswer, RecordQueryInput } from './services/search/query-records.ts'
export type { IndexProgress } from './services/search/rebuild-search-index.ts'
export type { FixityFault, FixityProgress } from './services/files/verify-fixity.ts'
export { OutsideError, type OutsideErrorCode } from './domain/outside-error.ts'
export { HARVEST_FORMATS, HARVEST_TYPES, type Harvest, type HarvestStatus } from './domain/harvest/harvest.ts'
export type { HarvestProgress } from './services/harvest/harvest-collection.ts'
export type { HarvestRow } from './services/harvest/harvest-row.ts'
export type { ExternalEntry, ExternalSource } from './domain/external/external-source.ts'
export {
  EXTERNAL_SOURCES,
  type ExternalSourceConfig,
  type ExternalSourceName,
} from './external/open-external-sources.ts'
export { isHost } from './outside/allowed-hosts.ts'
export { openRepository, type Repository, type RepositoryConfig } from './open-repository.ts'
export type { UseCases } from './use-cases.ts'
export { startEmbeddedPostgres, type EmbeddedPostgres } from './postgres/embedded/start-embedded-postgres.ts'
export { EmbeddedPostgresError } from './postgres/embedded/embedded-postgres-error.ts'
export type { Database } from './postgres/database.ts'
