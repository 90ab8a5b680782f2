import type { UseCases } from '@hexapla/repository'
import { ArgumentHandler, HttpError, integer, nullable, string, type SerializedJson } from '@hexapla/rest'
import { HalHandler, type HalDeps } from '../hal/hal-handler.ts'
import { numberOf } from '../hal/path-id.ts'
import { resource, resourcePage, type Resource } from '../hal/resource.ts'
import { requireCurrent } from './require-current.ts'
import { requireSameId } from './require-same-id.ts'

export interface FieldDeps extends HalDeps {
  readonly fields: UseCases['fields']
  readonly schemas: UseCases['schemas']
}

/** What is read of the document of a field. */
export const fieldDocument = new ArgumentHandler('json', { unrecognized: 'ignore' })
  .add('id', { type: nullable(integer()), default: null })
  .add('element', { type: string() })
  .add('qualifier', { type: nullable(string()), default: null })
  .add('scopeNote', { type: nullable(string()), default: null })

/** Where a new field goes. */
export const creation = new ArgumentHandler('query', { unrecognized: 'ignore' }).add('schemaId', {
  type: integer({ min: 0 }),
})

/** `core/metadatafields` (RestContract metadatafields.md, "Main Endpoint", "Creating a Metadata Field"). */
export class FieldsHandler extends HalHandler<FieldDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { field } = this.deps.types
    const page = await this.deps.fields.list(this.actor, {}, this.pageRequest())
    return this.answerPage(resourcePage(field, page), field.plural, { searchable: true })
  }

  override async post(): Promise<SerializedJson | undefined> {
    const { schemaId } = creation.parseQuery(this.request)
    const { element, qualifier, scopeNote } = await fieldDocument.parse(this.request)
    const created = await this.deps.fields.create(this.actor, { schemaId, element, qualifier, scopeNote })
    return this.answerCreated(resource(this.deps.types.field, created))
  }
}

/** `core/metadatafields/:id` (RestContract metadatafields.md). */
export class FieldHandler extends HalHandler<FieldDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    return this.answer(await this.#read(numberOf(this.request)))
  }

  override async put(): Promise<SerializedJson | undefined> {
    const id = numberOf(this.request)
    const document = await fieldDocument.parse(this.request)
    requireSameId(document.id, id)
    await requireCurrent(this.request, this.view, () => this.#read(id))
    const { element, scopeNote } = document
    const qualifier = document.qualifier === '' ? null : document.qualifier
    const changed = await this.deps.fields.update(this.actor, { id, element, qualifier, scopeNote })
    return this.answer(resource(this.deps.types.field, changed))
  }

  override async delete(): Promise<void> {
    const id = numberOf(this.request)
    await requireCurrent(this.request, this.view, () => this.#read(id))
    await this.deps.fields.delete(this.actor, id)
  }

  async #read(id: number): Promise<Resource> {
    return resource(this.deps.types.field, await this.deps.fields.read(this.actor, id))
  }
}

/** `core/metadatafields/:id/schema` (RestContract metadatafields.md, "Schema"). */
export class SchemaOfFieldHandler extends HalHandler<FieldDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { schemaId } = await this.deps.fields.read(this.actor, numberOf(this.request))
    const schema = await this.deps.schemas.read(this.actor, schemaId)
    return this.answer(resource(this.deps.types.schema, schema))
  }
}

/** `core/metadatafields/search/bySchema` (RestContract metadatafields.md, "bySchema"). */
export class FieldsBySchemaHandler extends HalHandler<FieldDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const schema = this.request.query.get('schema')
    if (schema === null || schema === '') {
      throw new HttpError(400, 'argument-missing', 'The parameter schema is required', {
        fields: [{ name: 'schema', message: 'is required' }],
      })
    }
    const { field } = this.deps.types
    const page = await this.deps.fields.list(this.actor, { schema }, this.pageRequest())
    return this.answerPage(resourcePage(field, page), field.plural)
  }
}

const CRITERIA = ['schema', 'element', 'qualifier', 'query', 'exactName'] as const

/** `core/metadatafields/search/byFieldName` (RestContract metadatafields.md, "byFieldName"). */
export class FieldsByNameHandler extends HalHandler<FieldDeps> {
  override async get(): Promise<SerializedJson | undefined> {
    const { field } = this.deps.types
    const page = await this.deps.fields.list(this.actor, this.#criteria(), this.pageRequest())
    return this.answerPage(resourcePage(field, page), field.plural)
  }

  /** The web UI sends every parameter, those without a value empty (dspace-ui 6 k). */
  #criteria(): Partial<Record<(typeof CRITERIA)[number], string>> {
    const criteria: Partial<Record<(typeof CRITERIA)[number], string>> = {}
    for (const name of CRITERIA) {
      const value = this.request.query.get(name)
      if (value !== null && value !== '') criteria[name] = value
    }
    return criteria
  }
}
