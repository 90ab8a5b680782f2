import type { Page, PageRequest } from '../page.ts'
import type { ApiToken } from './api-token.ts'

export interface TokenReader {
  find(id: string): Promise<ApiToken | undefined>
  /** Sorts by `name`, `createdAt`, `expiresAt`, `lastUsedAt`; without a sort, by name. */
  list(personId: string, page: PageRequest): Promise<Page<ApiToken>>
}

export interface TokenStore extends TokenReader {
  /** @throws DomainError `CONFLICT` with `field` `name` when the person has a token of that name */
  insert(token: ApiToken, digest: Uint8Array): Promise<void>
  delete(id: string): Promise<void>
}
