import type { Person } from '@hexapla/repository'
import { firstValue } from '@hexapla/repository'
import { momentText } from '../hal/moment.ts'
import { recordProperties } from '../hal/record-properties.ts'
import { embedMany, type ResourceType } from '../hal/resource.ts'

const idOf = (person: Person) => person.id

/** People (RestContract epersons.md, "Single EPerson"). */
export const personResource: ResourceType<Person> = {
  type: 'eperson',
  plural: 'epersons',
  id: idOf,
  path: (person) => `eperson/epersons/${person.id}`,
  version: (person) => person.version,
  properties: (person, view) => ({
    ...recordProperties(person, view, { name: personName(person) }),
    netid: person.netid,
    lastActive: person.lastActive === null ? null : momentText(person.lastActive),
    canLogIn: person.canLogIn,
    email: person.email,
    requireCertificate: person.requireCertificate,
    selfRegistered: person.selfRegistered,
    type: 'eperson',
    uniqueType: 'eperson.eperson',
  }),
  links: [
    {
      name: 'groups',
      embed: embedMany('group', idOf, (view, ids, size) => view.related.groupsOfPeople(ids, size)),
    },
  ],
}

/** First and last name, or the e-mail address of somebody without either. */
function personName(person: Person): string {
  const names = [
    firstValue(person.metadata, 'eperson.firstname'),
    firstValue(person.metadata, 'eperson.lastname'),
  ]
  return names.filter((name) => name !== null).join(' ') || person.email
}
