import type { Actor } from '@hexapla/repository'
import { RestHandler } from '@hexapla/rest'
import { callerKey } from '../authn/find-caller.ts'

/** A reading call of the Pele dialect: for whoever has a token, or for anybody where the API is open. */
export abstract class PeleHandler<Deps = undefined> extends RestHandler<Deps> {
  /** Who asks, as the hook found out. */
  get actor(): Actor {
    return this.request.state.require(callerKey)
  }
}
