import type { Actor } from '../../domain/access/actor.ts'
import { ROLE_RULES, type ContainerRole } from '../../domain/access/container-role.ts'
import { grantsOf } from '../../domain/access/grants.ts'
import { reaches } from '../../domain/access/scope.ts'
import type { ResourcePolicy } from '../../domain/access/policy.ts'
import { dayOf, type Clock } from '../../domain/clock.ts'
import type { Page } from '../../domain/page.ts'
import type {
  Bitstream,
  BitstreamFormat,
  Bundle,
  Collection,
  Community,
  Group,
  Item,
  MetadataSchema,
  Person,
} from '../../domain/records/record.ts'
import type { Relationship, RelationshipType } from '../../domain/relationships/relationship.ts'
import type { Harvest } from '../../domain/harvest/harvest.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import { firstDefaultAccessConditions } from '../collections/list-default-access-conditions.ts'
import type { AccessStatus } from '../files/access-status.ts'
import { bitstreamAccessStatuses, itemAccessStatuses } from '../files/read-access-status.ts'
import { mayManageAccounts } from '../people/may-manage-accounts.ts'
import { mayReadGroup } from '../people/may-read-group.ts'
import { mayReadPerson } from '../people/may-read-person.ts'

/** What policies are on, but for the site, which is linked and not embedded. */
type PolicyResource = Community | Collection | Item | Bundle | Bitstream

type Found<T, K = string> = Promise<ReadonlyMap<K, T>>

/**
 * What hangs together with records that an actor has been shown: each call loads it for many records in one
 * statement, and only what the actor may see.
 */
export interface Related {
  communities(ids: readonly string[]): Found<Community>
  collections(ids: readonly string[]): Found<Collection>
  items(ids: readonly string[]): Found<Item>
  bundles(ids: readonly string[]): Found<Bundle>
  bitstreams(ids: readonly string[]): Found<Bitstream>
  /** By the parent community's uuid. */
  subcommunities(communityIds: readonly string[], size: number): Found<Page<Community>>
  /** By the community's uuid. */
  collectionsOf(communityIds: readonly string[], size: number): Found<Page<Collection>>
  /** By the item's uuid. */
  mappedCollections(itemIds: readonly string[], size: number): Found<Page<Collection>>
  /** By the item's uuid. */
  bundlesOf(itemIds: readonly string[], size: number): Found<Page<Bundle>>
  /** By the bundle's uuid, for bundles that the actor was shown. */
  bitstreamsOf(bundleIds: readonly string[], size: number): Found<Page<Bitstream>>
  /** By the item's uuid. */
  thumbnailsOfItems(itemIds: readonly string[]): Found<Bitstream>
  /** By the uuid of the file pictured. */
  thumbnailsOfBitstreams(bitstreamIds: readonly string[]): Found<Bitstream>
  /** By the collection's uuid. */
  mappedItems(collectionIds: readonly string[], size: number): Found<Page<Item>>
  /** What files inherit, by the collection's uuid, for collections that the actor was shown. */
  defaultAccessConditionsOf(collectionIds: readonly string[], size: number): Found<Page<ResourcePolicy>>
  /** By the item's uuid. */
  relationshipsOf(itemIds: readonly string[], size: number): Found<Page<Relationship>>
  relationshipTypes(ids: readonly number[]): Found<RelationshipType, number>
  /** By the id of the entity type, as text. */
  typesOfEntities(entityTypeIds: readonly string[], size: number): Found<Page<RelationshipType>>
  /** What the main file of each item is open for, by the item's uuid, for items that the actor was shown. */
  accessStatusesOfItems(itemIds: readonly string[]): Found<AccessStatus>
  /** What each file is open for, for files that the actor was shown. */
  accessStatusesOfBitstreams(bitstreamIds: readonly string[]): Found<AccessStatus>
  /**
   * The groups with a role in communities or collections, by the uuid of these, for those that the actor administers;
   * see `readRoleGroup`.
   */
  roleGroups(role: ContainerRole, containerIds: readonly string[]): Found<Group>
  /** By the collection's uuid, for collections that the actor may edit; two statements. */
  templatesOf(collectionIds: readonly string[]): Found<Item>
  /** By the collection's uuid, for collections that the actor administers; null for one that is not harvested. */
  harvestsOf(collectionIds: readonly string[]): Found<Harvest | null>
  formats(ids: readonly number[]): Found<BitstreamFormat, number>
  schemas(ids: readonly number[]): Found<MetadataSchema, number>
  /** Oneself; for those who manage accounts, anybody. */
  people(ids: readonly string[]): Found<Person>
  groups(ids: readonly string[]): Found<Group>
  /** By the person's uuid, for people that the actor was shown. */
  groupsOfPeople(personIds: readonly string[], size: number): Found<Page<Group>>
  /** By the group's uuid, for those who manage accounts. */
  membersOfGroups(groupIds: readonly string[], size: number): Found<Page<Person>>
  /** By the group's uuid, for those who manage accounts. */
  subgroupsOfGroups(groupIds: readonly string[], size: number): Found<Page<Group>>
  /** What policies are on, by its uuid; a fixed number of statements. */
  resources(ids: readonly string[]): Found<PolicyResource>
  /** The community or collection that each group has a role in, by the group's uuid. */
  containersOfGroups(groupIds: readonly string[]): Found<Community | Collection>
}

/** Binds {@link Related} to an actor. */
export function relatedTo({ reading, clock }: { reading: Reading; clock: Clock }) {
  return (actor: Actor): Related => {
    const readable = grantsOf(actor, 'READ', dayOf(clock()))
    return {
      communities: (ids) => reading.communities.findAll(ids, readable),
      collections: (ids) => reading.collections.findAll(ids, readable),
      items: (ids) => reading.items.findAll(ids, readable),
      bundles: (ids) => reading.bundles.findAll(ids, readable),
      bitstreams: (ids) => reading.bitstreams.findAll(ids, readable),
      subcommunities: (ids, size) => reading.communities.childrenOf(ids, readable, size),
      collectionsOf: (ids, size) => reading.collections.ofCommunities(ids, readable, size),
      mappedCollections: (ids, size) => reading.collections.mappedOf(ids, readable, size),
      bundlesOf: (ids, size) => reading.bundles.ofItems(ids, readable, size),
      bitstreamsOf: (ids, size) => reading.bitstreams.ofBundles(ids, size),
      thumbnailsOfItems: (ids) => reading.bitstreams.thumbnailsOfItems(ids, readable),
      thumbnailsOfBitstreams: (ids) => reading.bitstreams.thumbnailsOfBitstreams(ids, readable),
      mappedItems: (ids, size) => reading.items.mappedOf(ids, readable, size),
      defaultAccessConditionsOf: firstDefaultAccessConditions({ reading }),
      relationshipsOf: (ids, size) => reading.relationships.ofItems(ids, readable, size),
      relationshipTypes: () => reading.entityModel.types(),
      async typesOfEntities(ids, size) {
        const types = [...(await reading.entityModel.types()).values()]
        return new Map(
          ids.map((id) => [
            id,
            firstPage(
              types.filter((type) => isFor(type, id)),
              size,
            ),
          ]),
        )
      },
      accessStatusesOfItems: itemAccessStatuses({ reading, clock }),
      accessStatusesOfBitstreams: bitstreamAccessStatuses({ reading, clock }),
      roleGroups(role, ids) {
        const { action, replacesAnonymous } = ROLE_RULES[role]
        const administered = ids.filter((id) => administers(actor, id))
        return reading.groups.roleGroups(administered, role, replacesAnonymous ? action : undefined)
      },
      async templatesOf(ids) {
        const editable = await reading.collections.findAll(ids, grantsOf(actor, 'WRITE', dayOf(clock())))
        return reading.items.templatesOf([...editable.keys()])
      },
      async harvestsOf(ids) {
        const own = await reading.collections.findAll(ids, grantsOf(actor, 'ADMIN', dayOf(clock())))
        const found = await reading.harvests.ofCollections([...own.keys()])
        return new Map([...own.keys()].map((id) => [id, found.get(id) ?? null]))
      },
      formats: (ids) => reading.formats.findAll(ids),
      schemas: (ids) => reading.schemas.findAll(ids),
      people: (ids) => reading.people.findAll(ids.filter((id) => mayReadPerson(actor, id))),
      groups: (ids) => reading.groups.findAll(ids.filter((id) => mayReadGroup(actor, id))),
      groupsOfPeople: (ids, size) => reading.groups.ofPeople(ids, size),
      membersOfGroups: (ids, size) => reading.people.membersOf(mayManageAccounts(actor) ? ids : [], size),
      subgroupsOfGroups: (ids, size) => reading.groups.subgroupsOf(mayManageAccounts(actor) ? ids : [], size),
      async resources(ids) {
        const found = await Promise.all([
          reading.communities.findAll(ids, readable),
          reading.collections.findAll(ids, readable),
          reading.items.findAll(ids, readable),
          reading.bundles.findAll(ids, readable),
          reading.bitstreams.findAll(ids, readable),
        ])
        return new Map<string, PolicyResource>(found.flatMap((records) => [...records]))
      },
      async containersOfGroups(groupIds) {
        const roles = await reading.groups.rolesOf(groupIds)
        const recordIds = [...new Set([...roles.values()].map((role) => role.recordId))]
        const [communities, collections] = await Promise.all([
          reading.communities.findAll(recordIds, readable),
          reading.collections.findAll(recordIds, readable),
        ])
        const found = new Map<string, Community | Collection>()
        for (const [groupId, { recordId }] of roles) {
          const container = communities.get(recordId) ?? collections.get(recordId)
          if (container !== undefined) found.set(groupId, container)
        }
        return found
      },
    }
  }
}

function isFor({ leftType, rightType }: RelationshipType, entityTypeId: string): boolean {
  return [leftType.id, rightType.id].includes(Number(entityTypeId))
}

function firstPage<T>(elements: readonly T[], size: number): Page<T> {
  return { number: 0, size, total: elements.length, elements: elements.slice(0, size) }
}

function administers(actor: Actor, containerId: string): boolean {
  return reaches(actor, 'admin') && (actor.isAdministrator || actor.administers.includes(containerId))
}
