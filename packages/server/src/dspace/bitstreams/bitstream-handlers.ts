import type { UseCases } from '@hexapla/repository'
import { HttpError, type SerializedJson } from '@hexapla/rest'
import { expectedVersion } from '../hal/etag.ts'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { uuidOf } from '../hal/path-id.ts'
import { readPatch } from '../hal/read-patch.ts'
import { resource } from '../hal/resource.ts'
import { withStatus } from '../http/with-status.ts'
import { parseRemovals } from './parse-removals.ts'

export interface BitstreamDeps extends HalDeps {
  readonly bitstreams: UseCases['bitstreams']
  readonly bundles: Pick<UseCases['bundles'], 'read'>
  readonly formats: Pick<UseCases['formats'], 'read'>
}

/** `core/bitstreams`, which has no list (RestContract bitstreams.md, "Main Endpoint", "Deletion of multiple …"). */
export class BitstreamsHandler extends HalHandler<BitstreamDeps> {
  override async patch(): Promise<void> {
    await this.deps.bitstreams.deleteMany(this.actor, parseRemovals(await readPatch(this.request)))
  }
}

/** `core/bitstreams/:id` (RestContract bitstreams.md, "Single Bitstream", "Patch operations", "Bitstream Deletion"). */
export class BitstreamHandler extends HalHandler<BitstreamDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const bitstream = await this.deps.bitstreams.read(this.actor, uuidOf(this.request))
    return this.answer(resource(this.deps.types.bitstream, bitstream))
  }

  override async patch(): Promise<SerializedJson | undefined> {
    const id = uuidOf(this.request)
    const expected = expectedVersion(this.request)
    const patch = await readPatch(this.request)
    const bitstream = await this.deps.bitstreams.patch(this.actor, { id, patch, expected })
    return this.answer(resource(this.deps.types.bitstream, bitstream))
  }

  override async delete(): Promise<void> {
    const id = uuidOf(this.request)
    await this.deps.bitstreams.delete(this.actor, { id, expected: expectedVersion(this.request) })
  }
}

/** `core/bitstreams/search/byItemHandle` (RestContract bitstreams.md, "byItemHandle"). */
export class BitstreamByItemHandleHandler extends HalHandler<BitstreamDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { query } = this.request
    const handle = query.get('handle') ?? ''
    if (handle === '') throw invalidArgument('handle', 'must be the handle of an item')
    const sequence = query.get('sequence') ?? ''
    if (!/^\d{0,9}$/.test(sequence)) throw invalidArgument('sequence', 'must be a whole number')
    const name = query.get('filename') ?? ''
    const wanted = {
      handle,
      ...(sequence === '' ? {} : { sequenceId: Number(sequence) }),
      ...(name === '' ? {} : { name }),
    }
    const found = await withStatus({ INVALID: 400 }, () =>
      this.deps.bitstreams.findOfItem(this.actor, wanted),
    )
    return found === null ? undefined : this.answer(resource(this.deps.types.bitstream, found))
  }
}

function invalidArgument(name: string, message: string): HttpError {
  return new HttpError(400, 'argument-invalid', `The parameter ${name} ${message}`, {
    fields: [{ name, message }],
  })
}
