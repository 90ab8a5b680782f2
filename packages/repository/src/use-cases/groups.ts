import { addMembers } from '../services/people/add-members.ts'
import { addSubgroups } from '../services/people/add-subgroups.ts'
import { createGroup } from '../services/people/create-group.ts'
import { deleteGroup } from '../services/people/delete-group.ts'
import { listGroups } from '../services/people/list-groups.ts'
import { listMembers } from '../services/people/list-members.ts'
import { listSubgroups } from '../services/people/list-subgroups.ts'
import { patchGroup } from '../services/people/patch-group.ts'
import { readGroupRole } from '../services/people/read-group-role.ts'
import { readGroup } from '../services/people/read-group.ts'
import { removeMember } from '../services/people/remove-member.ts'
import { removeSubgroup } from '../services/people/remove-subgroup.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with groups. */
export function groupsUseCases(deps: UseCaseDeps) {
  return {
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
  }
}
