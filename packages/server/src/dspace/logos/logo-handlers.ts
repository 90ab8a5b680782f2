import type { Actor, ContainerReference, UseCases } from '@hexapla/repository'
import { HttpError, type SerializedJson } from '@hexapla/rest'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { uuidOf } from '../hal/path-id.ts'
import { resource } from '../hal/resource.ts'
import { receiveFile } from '../http/receive-file.ts'

/** Whose logos a route is about. */
export interface LogoDeps extends HalDeps {
  readonly kind: ContainerReference['kind']
  readonly read: (actor: Actor, id: string) => Promise<{ readonly logoId: string | null }>
  readonly logos: Pick<UseCases['logos'], 'delete' | 'set'>
  readonly bitstreams: Pick<UseCases['bitstreams'], 'read'>
  readonly maxUploadBytes: number
}

/** `core/communities/:id/logo`, `core/collections/:id/logo` (RestContract communities.md, "Logo"). */
export class LogoHandler extends HalHandler<LogoDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { logoId } = await this.deps.read(this.actor, uuidOf(this.request))
    if (logoId === null) return undefined
    const logo = await this.deps.bitstreams.read(this.actor, logoId)
    return this.answer(resource(this.deps.types.bitstream, logo))
  }

  override post(): Promise<SerializedJson | undefined> {
    return this.#set('new')
  }

  override put(): Promise<SerializedJson | undefined> {
    return this.#set('replacement')
  }

  override async delete(): Promise<void> {
    await this.deps.logos.delete(this.actor, this.#of)
  }

  get #of(): ContainerReference {
    return { kind: this.deps.kind, id: uuidOf(this.request) }
  }

  async #set(as: 'new' | 'replacement'): Promise<SerializedJson | undefined> {
    const { logos, maxUploadBytes, types } = this.deps
    const of = this.#of
    try {
      const logo = await receiveFile(this.request, maxUploadBytes, (file) =>
        logos.set(this.actor, { ...file, of, as }),
      )
      return await this.answerCreated(resource(types.bitstream, logo))
    } catch (error) {
      throw isFileMissing(error) ? new HttpError(422, error.code, error.message, { cause: error }) : error
    }
  }
}

/** Logos answer 422 where other uploads are 400 ("if there was no file"). */
function isFileMissing(error: unknown): error is HttpError {
  return error instanceof HttpError && error.code === 'file-missing'
}
