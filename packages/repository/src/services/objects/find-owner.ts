import type { Reading } from '../../domain/unit-of-work.ts'

/** Whose an object is said to be: a person known here, or a name. */
export interface Ownership {
  readonly submitterId: string | null
  readonly ownerName: string | null
}

/** Who is meant by the free text that names an owner: the person with that netid or e-mail address, or else nobody. */
export async function findOwner(stores: Pick<Reading, 'people'>, text: string): Promise<Ownership> {
  const name = text.trim()
  if (name === '') return { submitterId: null, ownerName: null }
  const person = (await stores.people.byNetid(name)) ?? (await stores.people.byEmail(name))
  return person === undefined
    ? { submitterId: null, ownerName: name }
    : { submitterId: person.id, ownerName: null }
}
