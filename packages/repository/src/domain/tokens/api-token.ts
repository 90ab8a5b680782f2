import type { Scope } from '../access/scope.ts'

/** A token that a person made for a program, without its secret text, which nobody but its maker ever sees. */
export interface ApiToken {
  readonly id: string
  readonly personId: string
  /** Chosen by its maker; no two tokens of a person have the same. */
  readonly name: string
  readonly scope: Scope
  readonly createdAt: Date
  /** From when on it is void; null for never. */
  readonly expiresAt: Date | null
  /** When it was last presented, exact to a minute; null for never. */
  readonly lastUsedAt: Date | null
}
