import type { ContentStore } from './domain/files/content-store.ts'
import type { Clock } from './domain/clock.ts'
import type { PasswordHasher } from './domain/people/password-hasher.ts'
import type { NamingConfig } from './domain/records/identifiers.ts'
import type { Reading, UnitOfWork } from './domain/unit-of-work.ts'
import { actOnBehalf } from './services/access/act-on-behalf.ts'
import { authenticate } from './services/access/authenticate.ts'
import { logIn } from './services/access/log-in.ts'
import { logOut } from './services/access/log-out.ts'
import { createItem } from './services/items/create-item.ts'
import { deleteItem } from './services/items/delete-item.ts'
import { listEditableItems, listItems } from './services/items/list-items.ts'
import { mapItem, unmapItem } from './services/items/map-item.ts'
import { moveItem } from './services/items/move-item.ts'
import { patchItem } from './services/items/patch-item.ts'
import { readItem } from './services/items/read-item.ts'
import { replaceItem } from './services/items/replace-item.ts'
import { relatedTo } from './services/related/related.ts'

/** What the use cases work on. */
export interface UseCaseDeps {
  readonly reading: Reading
  readonly unitOfWork: UnitOfWork
  readonly contents: ContentStore
  readonly clock: Clock
  readonly naming: NamingConfig
  readonly passwords: PasswordHasher
}

/** Everything that a person can do with a repository: the one list that dialects and commands choose from. */
export function createUseCases(deps: UseCaseDeps) {
  return {
    access: {
      actOnBehalf: actOnBehalf(deps),
      anonymous: () => deps.reading.actors.anonymous(),
      authenticate: authenticate(deps),
      logIn: logIn(deps),
      logOut: logOut(deps),
    },
    items: {
      create: createItem(deps),
      delete: deleteItem(deps),
      list: listItems(deps),
      listEditable: listEditableItems(deps),
      map: mapItem(deps),
      move: moveItem(deps),
      patch: patchItem(deps),
      read: readItem(deps),
      replace: replaceItem(deps),
      unmap: unmapItem(deps),
    },
    related: relatedTo(deps),
  }
}

export type UseCases = ReturnType<typeof createUseCases>
