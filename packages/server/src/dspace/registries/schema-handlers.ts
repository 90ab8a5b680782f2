import type { UseCases } from '@hexapla/repository'
import { ArgumentHandler, integer, nullable, string, type SerializedJson } from '@hexapla/rest'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { numberOf } from '../hal/path-id.ts'
import { resource, resourcePage, type Resource } from '../hal/resource.ts'
import { requireCurrent } from './require-current.ts'
import { requireSameId } from './require-same-id.ts'

export interface SchemaDeps extends HalDeps {
  readonly schemas: UseCases['schemas']
}

/** What is read of the document of a schema. */
export const schemaDocument = new ArgumentHandler('json', { unrecognized: 'ignore' })
  .add('id', { type: nullable(integer()), default: null })
  .add('prefix', { type: string() })
  .add('namespace', { type: string() })

/** `core/metadataschemas` (RestContract metadataschemas.md, "Main Endpoint", "Creating a Metadata Schema"). */
export class SchemasHandler extends HalHandler<SchemaDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { schema } = this.deps.types
    const page = await this.deps.schemas.list(this.actor, this.pageRequest())
    return this.answerPage(resourcePage(schema, page), schema.plural)
  }

  override async post(): Promise<SerializedJson | undefined> {
    const { prefix, namespace } = await schemaDocument.parse(this.request)
    const created = await this.deps.schemas.create(this.actor, { prefix, namespace })
    return this.answerCreated(resource(this.deps.types.schema, created))
  }
}

/** `core/metadataschemas/:id` (RestContract metadataschemas.md). */
export class SchemaHandler extends HalHandler<SchemaDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    return this.answer(await this.#read(numberOf(this.request)))
  }

  override async put(): Promise<SerializedJson | undefined> {
    const id = numberOf(this.request)
    const document = await schemaDocument.parse(this.request)
    requireSameId(document.id, id)
    await requireCurrent(this.request, this.view, () => this.#read(id))
    const { prefix, namespace } = document
    const changed = await this.deps.schemas.update(this.actor, { id, prefix, namespace })
    return this.answer(resource(this.deps.types.schema, changed))
  }

  override async delete(): Promise<void> {
    const id = numberOf(this.request)
    await requireCurrent(this.request, this.view, () => this.#read(id))
    await this.deps.schemas.delete(this.actor, id)
  }

  async #read(id: number): Promise<Resource> {
    return resource(this.deps.types.schema, await this.deps.schemas.read(this.actor, id))
  }
}
