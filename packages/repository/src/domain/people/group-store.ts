import type { Action } from '../access/policy.ts'
import type { Page, PageRequest } from '../page.ts'
import type { Group } from '../records/record.ts'

/** Which groups a list is about. */
export interface GroupQuery {
  /** Words that begin words of the name; a uuid finds the group with it. */
  readonly words?: string
  /** Only groups that the person is directly in. */
  readonly memberId?: string
  /** Only direct subgroups of this group. */
  readonly subgroupsOf?: string
  /** Only groups that could become subgroups of this group: neither its subgroups nor what it lies in. */
  readonly notSubgroupsOf?: string
}

/** What a group is for in a community or collection. */
export interface GroupRole {
  readonly recordId: string
  readonly role: string
}

export interface GroupReader {
  find(id: string): Promise<Group | undefined>
  findAll(ids: readonly string[]): Promise<ReadonlyMap<string, Group>>
  named(name: string): Promise<Group | undefined>
  /** The uuids of the groups with these names, but of no permanent ones. */
  givenByName(names: readonly string[]): Promise<readonly string[]>
  /** Sorts by `name`, which is the order without a sort too. */
  list(query: GroupQuery, page: PageRequest): Promise<Page<Group>>
  /** The first `size` groups by name that each person is directly in, by the person's uuid. */
  ofPeople(personIds: readonly string[], size: number): Promise<ReadonlyMap<string, Page<Group>>>
  /** The first `size` direct subgroups of each group by name, by the group's uuid. */
  subgroupsOf(groupIds: readonly string[], size: number): Promise<ReadonlyMap<string, Page<Group>>>
  /** Whether anybody who may log in is in the group, through nesting too. */
  hasLoginMember(groupId: string): Promise<boolean>
  /** The group's role in a community or collection, when it has one. */
  roleOf(groupId: string): Promise<GroupRole | undefined>
  /** The same for many groups, by the group's uuid. */
  rolesOf(groupIds: readonly string[]): Promise<ReadonlyMap<string, GroupRole>>
  /** The group that holds a role in a community or collection. */
  roleGroup(recordId: string, role: string): Promise<Group | undefined>
  /**
   * The groups that hold a role in communities or collections, by the uuid of these.
   *
   * @param byDefault an action: where no group holds the role, a group that a policy permits it stands in
   */
  roleGroups(
    recordIds: readonly string[],
    role: string,
    byDefault?: Action,
  ): Promise<ReadonlyMap<string, Group>>
}

export interface GroupStore extends GroupReader {
  /** @throws DomainError `CONFLICT` when the name is taken */
  insert(group: Group): Promise<void>
  /** @throws DomainError `VERSION_CONFLICT`, `CONFLICT` */
  update(group: Group): Promise<Group>
  delete(id: string): Promise<void>
  addPeople(groupId: string, personIds: readonly string[]): Promise<void>
  removePerson(groupId: string, personId: string): Promise<void>
  /** @throws DomainError `INVALID` when a group would come to lie within itself */
  addSubgroups(groupId: string, subgroupIds: readonly string[]): Promise<void>
  removeSubgroup(groupId: string, subgroupId: string): Promise<void>
  setRole(recordId: string, role: string, groupId: string): Promise<void>
  removeRole(recordId: string, role: string): Promise<void>
}
