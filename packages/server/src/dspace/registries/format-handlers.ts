import type { BitstreamFormat, UseCases } from '@hexapla/repository'
import {
  ArgumentHandler,
  boolean,
  integer,
  nullable,
  string,
  type RestRequest,
  type SerializedJson,
} from '@hexapla/rest'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { numberOf } from '../hal/path-id.ts'
import { resource, resourcePage, type Resource } from '../hal/resource.ts'
import { requireCurrent } from './require-current.ts'
import { requireSameId } from './require-same-id.ts'

export interface FormatDeps extends HalDeps {
  readonly formats: UseCases['formats']
}

const LEVELS = ['UNKNOWN', 'KNOWN', 'SUPPORTED'] as const

/** What is read of the document of a format. */
export const formatDocument = new ArgumentHandler('json', { unrecognized: 'ignore' })
  .add('id', { type: nullable(integer()), default: null })
  .add('shortDescription', { type: nullable(string()), default: null })
  .add('description', { type: nullable(string()), default: null })
  .add('mimetype', { type: nullable(string()), default: null })
  .add('supportLevel', { choices: LEVELS, default: 'UNKNOWN' })
  .add('internal', { type: nullable(boolean()), default: null })
  .add('extensions', { type: string(), nargs: '*', default: [] })

/** `core/bitstreamformats` (RestContract bitstreamformats.md, "Main Endpoint"). */
export class FormatsHandler extends HalHandler<FormatDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { format } = this.deps.types
    const page = await this.deps.formats.list(this.actor, this.#page())
    return this.answerPage(resourcePage(format, page), format.plural)
  }

  override async post(): Promise<SerializedJson | undefined> {
    const { id: _id, ...format } = await readFormat(this.request)
    const created = await this.deps.formats.create(this.actor, format)
    return this.answerCreated(resource(this.deps.types.format, created))
  }

  /** The web UI sorts every list by `dc.title`; a format's title is its short description (dspace-ui 6 l). */
  #page(): ReturnType<HalHandler<FormatDeps>['pageRequest']> {
    const page = this.pageRequest()
    return page.sort?.by === 'dc.title' ? { ...page, sort: { ...page.sort, by: 'shortDescription' } } : page
  }
}

/** `core/bitstreamformats/:id` (RestContract bitstreamformats.md, "Single Bitstream Format"). */
export class FormatHandler extends HalHandler<FormatDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    return this.answer(await this.#read(numberOf(this.request)))
  }

  override async put(): Promise<SerializedJson | undefined> {
    const id = numberOf(this.request)
    const document = await readFormat(this.request)
    requireSameId(document.id, id)
    await requireCurrent(this.request, this.view, () => this.#read(id))
    const changed = await this.deps.formats.update(this.actor, { ...document, id })
    return this.answer(resource(this.deps.types.format, changed))
  }

  override async delete(): Promise<void> {
    const id = numberOf(this.request)
    await requireCurrent(this.request, this.view, () => this.#read(id))
    await this.deps.formats.delete(this.actor, id)
  }

  async #read(id: number): Promise<Resource> {
    return resource(this.deps.types.format, await this.deps.formats.read(this.actor, id))
  }
}

async function readFormat(
  request: RestRequest,
): Promise<Omit<BitstreamFormat, 'id'> & { readonly id: number | null }> {
  const document = await formatDocument.parse(request)
  return {
    ...document,
    shortDescription: document.shortDescription ?? '',
    description: document.description ?? '',
    mimetype: document.mimetype ?? '',
    internal: document.internal ?? false,
  }
}
