import type { ContentStore } from './domain/files/content-store.ts'
import type { Clock } from './domain/clock.ts'
import type { PasswordHasher } from './domain/people/password-hasher.ts'
import type { TokenUses } from './domain/tokens/token-uses.ts'
import type { NamingConfig } from './domain/records/identifiers.ts'
import type { Reading, UnitOfWork } from './domain/unit-of-work.ts'
import { actOnBehalf } from './services/access/act-on-behalf.ts'
import { authenticateIdentity } from './services/access/authenticate-identity.ts'
import { authenticate } from './services/access/authenticate.ts'
import { changeGrantee } from './services/access/change-grantee.ts'
import { createRoleGroup } from './services/access/create-role-group.ts'
import { deletePolicy } from './services/access/delete-policy.ts'
import { deleteRoleGroup } from './services/access/delete-role-group.ts'
import { grantPolicy } from './services/access/grant-policy.ts'
import { listPolicies, listPoliciesOf } from './services/access/list-policies.ts'
import { logIn } from './services/access/log-in.ts'
import { logOut } from './services/access/log-out.ts'
import { patchPolicy } from './services/access/patch-policy.ts'
import { readGrantee, readPolicy } from './services/access/read-policy.ts'
import { readRoleGroup } from './services/access/read-role-group.ts'
import { signIn } from './services/access/sign-in.ts'
import { deleteItemTemplate, patchItemTemplate } from './services/collections/change-item-template.ts'
import { createCollection } from './services/collections/create-collection.ts'
import { createItemTemplate } from './services/collections/create-item-template.ts'
import { deleteCollection } from './services/collections/delete-collection.ts'
import {
  listCollections,
  listPermittedCollections,
  listSubmittableCollections,
} from './services/collections/list-collections.ts'
import { listDefaultAccessConditions } from './services/collections/list-default-access-conditions.ts'
import { listMappedItems } from './services/collections/list-mapped-items.ts'
import { patchCollection } from './services/collections/patch-collection.ts'
import { readCollection } from './services/collections/read-collection.ts'
import { readItemTemplate, readTemplateOfCollection } from './services/collections/read-item-template.ts'
import { readLicense } from './services/collections/read-license.ts'
import { replaceCollection } from './services/collections/replace-collection.ts'
import { createCommunity } from './services/communities/create-community.ts'
import { deleteCommunity } from './services/communities/delete-community.ts'
import { listCommunities, listPermittedCommunities } from './services/communities/list-communities.ts'
import { patchCommunity } from './services/communities/patch-community.ts'
import { readCommunity } from './services/communities/read-community.ts'
import { replaceCommunity } from './services/communities/replace-community.ts'
import { createBundle } from './services/files/create-bundle.ts'
import { deleteBitstreams } from './services/files/delete-bitstreams.ts'
import { deleteBundle } from './services/files/delete-bundle.ts'
import { deleteFile } from './services/files/delete-file.ts'
import { findBitstreamOfItem } from './services/files/find-bitstream-of-item.ts'
import { listBitstreams } from './services/files/list-bitstreams.ts'
import { listBundles } from './services/files/list-bundles.ts'
import { measureContent } from './services/files/measure-content.ts'
import { moveBitstream } from './services/files/move-bitstream.ts'
import { openContent } from './services/files/open-content.ts'
import { patchBitstream } from './services/files/patch-bitstream.ts'
import { patchBundle } from './services/files/patch-bundle.ts'
import {
  changePrimaryBitstream,
  createPrimaryBitstream,
  readPrimaryBitstream,
  removePrimaryBitstream,
} from './services/files/primary-bitstream.ts'
import { readBitstreamAccessStatus, readItemAccessStatus } from './services/files/read-access-status.ts'
import { readBitstream } from './services/files/read-bitstream.ts'
import { readBundle } from './services/files/read-bundle.ts'
import { readBitstreamThumbnail, readItemThumbnail } from './services/files/read-thumbnail.ts'
import { replaceFileContent } from './services/files/replace-file-content.ts'
import { setFormat } from './services/files/set-format.ts'
import { uploadBitstream } from './services/files/upload-bitstream.ts'
import { verifyFixity } from './services/files/verify-fixity.ts'
import { beginSample, finishSample } from './services/first-start/sample.ts'
import { importItems } from './services/import/import-items.ts'
import { listImported } from './services/import/list-imported.ts'
import { createItem } from './services/items/create-item.ts'
import { deleteItem } from './services/items/delete-item.ts'
import { findItemByCustomUrl } from './services/items/find-item-by-custom-url.ts'
import { listEditableItems, listItems } from './services/items/list-items.ts'
import { listMappedCollections } from './services/items/list-mapped-collections.ts'
import { mapItem, unmapItem } from './services/items/map-item.ts'
import { moveItem } from './services/items/move-item.ts'
import { patchItem } from './services/items/patch-item.ts'
import { readChangedItem, readItem } from './services/items/read-item.ts'
import { replaceItem } from './services/items/replace-item.ts'
import { deleteLogo, deleteLogoFile } from './services/logos/delete-logo.ts'
import { setLogo } from './services/logos/set-logo.ts'
import { addMembers } from './services/people/add-members.ts'
import { addSubgroups } from './services/people/add-subgroups.ts'
import { createGroup } from './services/people/create-group.ts'
import { createPerson } from './services/people/create-person.ts'
import { deleteGroup } from './services/people/delete-group.ts'
import { deletePerson } from './services/people/delete-person.ts'
import { findPerson } from './services/people/find-person.ts'
import { listGroups } from './services/people/list-groups.ts'
import { listGroupsOfPerson } from './services/people/list-groups-of-person.ts'
import { listMembers } from './services/people/list-members.ts'
import { listPeople } from './services/people/list-people.ts'
import { listSubgroups } from './services/people/list-subgroups.ts'
import { patchGroup } from './services/people/patch-group.ts'
import { patchPerson } from './services/people/patch-person.ts'
import { readGroup } from './services/people/read-group.ts'
import { readGroupRole } from './services/people/read-group-role.ts'
import { readPerson } from './services/people/read-person.ts'
import { removeMember } from './services/people/remove-member.ts'
import { removeSubgroup } from './services/people/remove-subgroup.ts'
import { changeDatastream, replaceDatastream } from './services/datastreams/change-datastream.ts'
import { createDatastream } from './services/datastreams/create-datastream.ts'
import { deleteDatastream, deleteDatastreamVersion } from './services/datastreams/delete-datastream.ts'
import { readDatastream } from './services/datastreams/read-datastream.ts'
import { changeObject } from './services/objects/change-object.ts'
import { createObject } from './services/objects/create-object.ts'
import { deleteObject } from './services/objects/delete-object.ts'
import { addTriple, removeTriples } from './services/objects/change-triples.ts'
import { readObject } from './services/objects/read-object.ts'
import { readTriples } from './services/objects/read-triples.ts'
import { createField } from './services/registries/create-field.ts'
import { createFormat } from './services/registries/create-format.ts'
import { createSchema } from './services/registries/create-schema.ts'
import { deleteField } from './services/registries/delete-field.ts'
import { deleteFormat } from './services/registries/delete-format.ts'
import { deleteSchema } from './services/registries/delete-schema.ts'
import { listFields } from './services/registries/list-fields.ts'
import { listFormats } from './services/registries/list-formats.ts'
import { listSchemas } from './services/registries/list-schemas.ts'
import { readField } from './services/registries/read-field.ts'
import { readFormat } from './services/registries/read-format.ts'
import { readSchema } from './services/registries/read-schema.ts'
import { updateField } from './services/registries/update-field.ts'
import { updateFormat } from './services/registries/update-format.ts'
import { updateSchema } from './services/registries/update-schema.ts'
import { findRecord } from './services/records/find-record.ts'
import { relatedTo } from './services/related/related.ts'
import { changeRelationship } from './services/relationships/change-relationship.ts'
import { createRelationship } from './services/relationships/create-relationship.ts'
import { deleteRelationship } from './services/relationships/delete-relationship.ts'
import {
  findRelationshipsByLabel,
  findRelationshipsOfItems,
} from './services/relationships/find-relationships.ts'
import { listEntityTypes, listSubmittableEntityTypes } from './services/relationships/list-entity-types.ts'
import { listRelationshipTypes, listTypesOfEntity } from './services/relationships/list-relationship-types.ts'
import { listRelationships, listRelationshipsOfItem } from './services/relationships/list-relationships.ts'
import { findEntityType, readEntityType } from './services/relationships/read-entity-type.ts'
import { readRelationshipType } from './services/relationships/read-relationship-type.ts'
import { readRelationship } from './services/relationships/read-relationship.ts'
import { replaceRelatedItem } from './services/relationships/replace-related-item.ts'
import { queryRecords } from './services/search/query-records.ts'
import { rebuildSearchIndex } from './services/search/rebuild-search-index.ts'
import { searchRecords } from './services/search/search-records.ts'
import { patchSite } from './services/site/patch-site.ts'
import { readSite } from './services/site/read-site.ts'
import { readHealth } from './services/system/read-health.ts'
import { readInfo } from './services/system/read-info.ts'
import { authenticateToken } from './services/tokens/authenticate-token.ts'
import { createToken } from './services/tokens/create-token.ts'
import { listTokens } from './services/tokens/list-tokens.ts'
import { readToken } from './services/tokens/read-token.ts'
import { revokeToken } from './services/tokens/revoke-token.ts'

/** What the use cases work on. */
export interface UseCaseDeps {
  readonly reading: Reading
  readonly unitOfWork: UnitOfWork
  readonly contents: ContentStore
  readonly clock: Clock
  readonly naming: NamingConfig
  readonly passwords: PasswordHasher
  readonly tokenUses: TokenUses
}

/** Everything that a person can do with a repository: the one list that dialects and commands choose from. */
export function createUseCases(deps: UseCaseDeps) {
  return {
    access: {
      actOnBehalf: actOnBehalf(deps),
      anonymous: () => deps.reading.actors.anonymous(),
      authenticate: authenticate(deps),
      authenticateIdentity: authenticateIdentity(deps),
      authenticateToken: authenticateToken(deps),
      changeGrantee: changeGrantee(deps),
      createRoleGroup: createRoleGroup(deps),
      deletePolicy: deletePolicy(deps),
      deleteRoleGroup: deleteRoleGroup(deps),
      grantPolicy: grantPolicy(deps),
      listPolicies: listPolicies(deps),
      listPoliciesOf: listPoliciesOf(deps),
      logIn: logIn(deps),
      logOut: logOut(deps),
      patchPolicy: patchPolicy(deps),
      readGrantee: readGrantee(deps),
      readPolicy: readPolicy(deps),
      readRoleGroup: readRoleGroup(deps),
      signIn: signIn(deps),
    },
    bitstreams: {
      accessStatus: readBitstreamAccessStatus(deps),
      delete: deleteFile(deps),
      deleteMany: deleteBitstreams(deps),
      findOfItem: findBitstreamOfItem(deps),
      list: listBitstreams(deps),
      measure: measureContent(deps),
      move: moveBitstream(deps),
      openContent: openContent(deps),
      patch: patchBitstream(deps),
      read: readBitstream(deps),
      replaceContent: replaceFileContent(deps),
      setFormat: setFormat(deps),
      thumbnail: readBitstreamThumbnail(deps),
      upload: uploadBitstream(deps),
      verifyFixity: verifyFixity(deps),
    },
    bundles: {
      changePrimary: changePrimaryBitstream(deps),
      create: createBundle(deps),
      createPrimary: createPrimaryBitstream(deps),
      delete: deleteBundle(deps),
      list: listBundles(deps),
      patch: patchBundle(deps),
      read: readBundle(deps),
      readPrimary: readPrimaryBitstream(deps),
      removePrimary: removePrimaryBitstream(deps),
    },
    collections: {
      create: createCollection(deps),
      createTemplate: createItemTemplate(deps),
      delete: deleteCollection(deps),
      deleteTemplate: deleteItemTemplate(deps),
      list: listCollections(deps),
      listDefaultAccessConditions: listDefaultAccessConditions(deps),
      listMappedItems: listMappedItems(deps),
      listPermitted: listPermittedCollections(deps),
      listSubmittable: listSubmittableCollections(deps),
      patch: patchCollection(deps),
      patchTemplate: patchItemTemplate(deps),
      read: readCollection(deps),
      readLicense: readLicense(deps),
      readTemplate: readItemTemplate(deps),
      readTemplateOf: readTemplateOfCollection(deps),
      replace: replaceCollection(deps),
    },
    communities: {
      create: createCommunity(deps),
      delete: deleteCommunity(deps),
      list: listCommunities(deps),
      listPermitted: listPermittedCommunities(deps),
      patch: patchCommunity(deps),
      read: readCommunity(deps),
      replace: replaceCommunity(deps),
    },
    datastreams: {
      change: changeDatastream(deps),
      create: createDatastream(deps),
      delete: deleteDatastream(deps),
      deleteVersion: deleteDatastreamVersion(deps),
      read: readDatastream(deps),
      replace: replaceDatastream(deps),
    },
    entityTypes: {
      find: findEntityType(deps),
      list: listEntityTypes(deps),
      listSubmittable: listSubmittableEntityTypes(deps),
      read: readEntityType(deps),
    },
    fields: {
      create: createField(deps),
      delete: deleteField(deps),
      list: listFields(deps),
      read: readField(deps),
      update: updateField(deps),
    },
    formats: {
      create: createFormat(deps),
      delete: deleteFormat(deps),
      list: listFormats(deps),
      read: readFormat(deps),
      update: updateFormat(deps),
    },
    groups: {
      addMembers: addMembers(deps),
      addSubgroups: addSubgroups(deps),
      create: createGroup(deps),
      delete: deleteGroup(deps),
      list: listGroups(deps),
      listMembers: listMembers(deps),
      listSubgroups: listSubgroups(deps),
      patch: patchGroup(deps),
      read: readGroup(deps),
      readRole: readGroupRole(deps),
      removeMember: removeMember(deps),
      removeSubgroup: removeSubgroup(deps),
    },
    imports: {
      list: listImported(deps),
      run: importItems(deps),
    },
    items: {
      accessStatus: readItemAccessStatus(deps),
      create: createItem(deps),
      delete: deleteItem(deps),
      findByCustomUrl: findItemByCustomUrl(deps),
      list: listItems(deps),
      listEditable: listEditableItems(deps),
      listMappedCollections: listMappedCollections(deps),
      map: mapItem(deps),
      move: moveItem(deps),
      patch: patchItem(deps),
      read: readItem(deps),
      readChanged: readChangedItem(deps),
      replace: replaceItem(deps),
      thumbnail: readItemThumbnail(deps),
      unmap: unmapItem(deps),
    },
    logos: {
      delete: deleteLogo(deps),
      deleteFile: deleteLogoFile(deps),
      set: setLogo(deps),
    },
    objects: {
      addTriple: addTriple(deps),
      change: changeObject(deps),
      create: createObject(deps),
      delete: deleteObject(deps),
      read: readObject(deps),
      readTriples: readTriples(deps),
      removeTriples: removeTriples(deps),
    },
    people: {
      create: createPerson(deps),
      delete: deletePerson(deps),
      find: findPerson(deps),
      list: listPeople(deps),
      listGroups: listGroupsOfPerson(deps),
      patch: patchPerson(deps),
      read: readPerson(deps),
    },
    sample: {
      begin: beginSample(deps),
      finish: finishSample(deps),
    },
    records: {
      find: findRecord(deps),
      query: queryRecords(deps),
      rebuildSearchIndex: rebuildSearchIndex(deps),
      search: searchRecords(deps),
    },
    relationships: {
      change: changeRelationship(deps),
      create: createRelationship(deps),
      delete: deleteRelationship(deps),
      findByLabel: findRelationshipsByLabel(deps),
      findOfItems: findRelationshipsOfItems(deps),
      list: listRelationships(deps),
      listOfItem: listRelationshipsOfItem(deps),
      read: readRelationship(deps),
      replaceItem: replaceRelatedItem(deps),
    },
    relationshipTypes: {
      list: listRelationshipTypes(deps),
      listOfEntity: listTypesOfEntity(deps),
      read: readRelationshipType(deps),
    },
    schemas: {
      create: createSchema(deps),
      delete: deleteSchema(deps),
      list: listSchemas(deps),
      read: readSchema(deps),
      update: updateSchema(deps),
    },
    site: {
      patch: patchSite(deps),
      read: readSite(deps),
    },
    system: {
      health: readHealth(deps),
      info: readInfo(deps),
    },
    tokens: {
      create: createToken(deps),
      list: listTokens(deps),
      read: readToken(deps),
      revoke: revokeToken(deps),
    },
    related: relatedTo(deps),
  }
}

export type UseCases = ReturnType<typeof createUseCases>
