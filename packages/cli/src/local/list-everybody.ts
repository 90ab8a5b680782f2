import { SYSTEM_ACTOR, type Person, type UseCases } from '@hexapla/repository'

const SIZE = 100

/** All accounts, by address. */
export async function* listEverybody(useCases: Pick<UseCases, 'people'>): AsyncGenerator<Person, void, void> {
  for (let number = 0; ; number += 1) {
    const page = await useCases.people.list(SYSTEM_ACTOR, {}, { number, size: SIZE })
    yield* page.elements
    if (page.elements.length < SIZE) return
  }
}
