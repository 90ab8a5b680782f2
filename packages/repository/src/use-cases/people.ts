import { createPerson } from '../services/people/create-person.ts'
import { deletePerson } from '../services/people/delete-person.ts'
import { findPerson } from '../services/people/find-person.ts'
import { listGroupsOfPerson } from '../services/people/list-groups-of-person.ts'
import { listPeople } from '../services/people/list-people.ts'
import { patchPerson } from '../services/people/patch-person.ts'
import { readPerson } from '../services/people/read-person.ts'
import { register } from '../services/people/register.ts'
import { verifyRegistration } from '../services/people/verify-registration.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with people. */
export function peopleUseCases(deps: UseCaseDeps) {
  return {
    create: createPerson(deps),
    delete: deletePerson(deps),
    find: findPerson(deps),
    list: listPeople(deps),
    listGroups: listGroupsOfPerson(deps),
    patch: patchPerson(deps),
    read: readPerson(deps),
    register: register(deps),
    verifyRegistration: verifyRegistration(deps),
  }
}
