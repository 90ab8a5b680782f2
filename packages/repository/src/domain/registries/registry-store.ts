import type { Page, PageRequest } from '../page.ts'
import type { BitstreamFormat, MetadataField, MetadataSchema } from '../records/record.ts'

export interface SchemaStore {
  find(id: number): Promise<MetadataSchema | undefined>
  findAll(ids: readonly number[]): Promise<ReadonlyMap<number, MetadataSchema>>
  byPrefix(prefix: string): Promise<MetadataSchema | undefined>
  /** Sorts by `prefix`, `namespace`, `id`. */
  list(page: PageRequest): Promise<Page<MetadataSchema>>
  /** @throws DomainError `CONFLICT` when prefix or namespace is taken */
  insert(schema: Omit<MetadataSchema, 'id'>): Promise<MetadataSchema>
  update(schema: MetadataSchema): Promise<void>
  /** Deletes the schema with its fields. */
  delete(id: number): Promise<void>
  /** Fills an empty registry with rows that bring their ids; later rows get higher ones. */
  seed(schemas: readonly MetadataSchema[]): Promise<void>
}

/** Which fields a list is about; an absent criterion does not matter. */
export interface FieldQuery {
  readonly schema?: string
  readonly element?: string
  readonly qualifier?: string
  /** Beginning of the field's full name, or of its element or qualifier, without regard to case. */
  readonly query?: string
  /** The full name. */
  readonly exactName?: string
}

export interface FieldStore {
  find(id: number): Promise<MetadataField | undefined>
  /** Every field of a schema. */
  ofSchema(schemaId: number): Promise<readonly MetadataField[]>
  /** Sorts by `name` (the full name), `id`. */
  list(query: FieldQuery, page: PageRequest): Promise<Page<MetadataField>>
  /** Those of the names (`schema.element[.qualifier]`) that the registry does not have. */
  unknownAmong(names: readonly string[]): Promise<readonly string[]>
  /** How many values the fields have in all records, by full name; fields without any are left out. */
  countUses(names: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** @throws DomainError `CONFLICT` when the schema has such a field */
  insert(field: Omit<MetadataField, 'id' | 'schemaPrefix'>): Promise<MetadataField>
  update(field: MetadataField): Promise<void>
  delete(id: number): Promise<void>
  /** See {@link SchemaStore.seed}. */
  seed(fields: readonly MetadataField[]): Promise<void>
}

export interface FormatStore {
  find(id: number): Promise<BitstreamFormat | undefined>
  findAll(ids: readonly number[]): Promise<ReadonlyMap<number, BitstreamFormat>>
  /** Sorts by `shortDescription`, `mimetype`, `id`. */
  list(page: PageRequest): Promise<Page<BitstreamFormat>>
  /**
   * The format of a media type, preferring one that names the extension; else of the extension alone. Never an internal
   * one. `application/octet-stream` says nothing, since programs send it for whatever they do not know.
   */
  guess(mimetype: string | undefined, extension: string | undefined): Promise<BitstreamFormat | undefined>
  /** @throws DomainError `CONFLICT` when the short description is taken */
  insert(format: Omit<BitstreamFormat, 'id'>): Promise<BitstreamFormat>
  update(format: BitstreamFormat): Promise<void>
  /** Deletes the format; its files become of unknown format. */
  delete(id: number): Promise<void>
  /** See {@link SchemaStore.seed}. */
  seed(formats: readonly BitstreamFormat[]): Promise<void>
}
