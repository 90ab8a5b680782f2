import { DomainError, type Actor } from '@hexapla/repository'
import { RestHandler } from '@hexapla/rest'
import { callerKey } from '../authn/find-caller.ts'
import { isSafe } from './is-safe.ts'

/** A resource of the Islandora dialect. */
export abstract class IslandoraHandler<Deps> extends RestHandler<Deps> {
  /** Who asks, as the hook found out. */
  get actor(): Actor {
    return this.request.state.require(callerKey)
  }

  /** Visitors change nothing: they are told before anything is read of what they send. */
  override prepare(): void {
    const { method } = this.request
    if (!isSafe(method) && this.actor.personId === null) {
      throw new DomainError('NOT_SIGNED_IN', `${method} is for people who have signed in`)
    }
  }
}
