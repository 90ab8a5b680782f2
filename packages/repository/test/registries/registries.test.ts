import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '../../src/domain/access/actor.ts'
import { metadataValue } from '../../src/domain/metadata/metadata.ts'
import type { BitstreamFormat } from '../../src/domain/records/record.ts'
import { createFormat } from '../../src/services/registries/create-format.ts'
import { createField } from '../../src/services/registries/create-field.ts'
import { createSchema } from '../../src/services/registries/create-schema.ts'
import { deleteField } from '../../src/services/registries/delete-field.ts'
import { deleteFormat } from '../../src/services/registries/delete-format.ts'
import { deleteSchema } from '../../src/services/registries/delete-schema.ts'
import { listFields } from '../../src/services/registries/list-fields.ts'
import { listFormats } from '../../src/services/registries/list-formats.ts'
import { listSchemas } from '../../src/services/registries/list-schemas.ts'
import { readField } from '../../src/services/registries/read-field.ts'
import { readFormat } from '../../src/services/registries/read-format.ts'
import { readSchema } from '../../src/services/registries/read-schema.ts'
import { updateField } from '../../src/services/registries/update-field.ts'
import { updateFormat } from '../../src/services/registries/update-format.ts'
import { updateSchema } from '../../src/services/registries/update-schema.ts'
import { testRepository, type TestRepository } from '../_support/test-repository.ts'

let repository: TestRepository
let admin: Actor
let anonymous: Actor
let reader: Actor

beforeAll(async () => {
  repository = await testRepository()
  admin = repository.administrator
  anonymous = await repository.reading.actors.anonymous()
  reader = await repository.actor(await repository.addPerson('reader@example.org'))
})

afterAll(() => repository.stop())

const code = (expected: string, field?: string) =>
  expect.objectContaining({
    code: expected,
    ...(field === undefined ? {} : { data: expect.objectContaining({ field }) }),
  })
const addSchema = (prefix: string) =>
  createSchema(repository)(admin, { prefix, namespace: `https://${prefix}.example/` })
const page = { number: 0, size: 20 }
const FORMAT: Omit<BitstreamFormat, 'id'> = {
  shortDescription: 'Marks',
  description: 'Marks of some kind',
  mimetype: 'text/x-marks',
  supportLevel: 'KNOWN',
  internal: false,
  extensions: ['.Marks', 'mks', 'mks'],
}

describe('whoever is no administrator', () => {
  test('changes nothing', async () => {
    const attempts = [
      (actor: Actor) => createSchema(repository)(actor, { prefix: 'no', namespace: 'https://no.example/' }),
      (actor: Actor) =>
        updateSchema(repository)(actor, { id: 1, prefix: 'dc', namespace: 'https://no.example/' }),
      (actor: Actor) => deleteSchema(repository)(actor, 3),
      (actor: Actor) => createField(repository)(actor, { schemaId: 1, element: 'no' }),
      (actor: Actor) =>
        updateField(repository)(actor, { id: 1, element: 'contributor', qualifier: null, scopeNote: 'no' }),
      (actor: Actor) => deleteField(repository)(actor, 1),
      (actor: Actor) => createFormat(repository)(actor, FORMAT),
      (actor: Actor) => updateFormat(repository)(actor, { id: 4, ...FORMAT }),
      (actor: Actor) => deleteFormat(repository)(actor, 4),
    ]
    for (const attempt of attempts) {
      await expect(attempt(anonymous)).rejects.toEqual(code('NOT_SIGNED_IN'))
      await expect(attempt(reader)).rejects.toEqual(code('NOT_ALLOWED'))
    }
  })

  test('reads everything', async () => {
    expect(await readSchema(repository)(anonymous, 1)).toMatchObject({ prefix: 'dc' })
    expect((await listSchemas(repository)(anonymous, page)).elements).toHaveLength(
      Math.min(20, (await listSchemas(repository)(anonymous, page)).total),
    )
    expect(await readField(repository)(anonymous, 1)).toMatchObject({
      schemaPrefix: 'dc',
      element: 'contributor',
    })
    expect(await readFormat(repository)(anonymous, 1)).toMatchObject({ shortDescription: 'Unknown' })
    expect((await listFormats(repository)(anonymous, page)).elements[1]).toMatchObject({ internal: true })
    await expect(readSchema(repository)(anonymous, 9999)).rejects.toEqual(code('NOT_FOUND'))
    await expect(readField(repository)(anonymous, 9999)).rejects.toEqual(code('NOT_FOUND'))
    await expect(readFormat(repository)(anonymous, 9999)).rejects.toEqual(code('NOT_FOUND'))
  })
})

describe('schemas', () => {
  test.each(['', 'a.b', 'a b', 'a,b', 'x'.repeat(33)])('have no prefix %j', async (prefix) => {
    const attempt = createSchema(repository)(admin, { prefix, namespace: 'https://x.example/' })
    await expect(attempt).rejects.toEqual(code('INVALID', 'prefix'))
  })

  test('have a namespace, and share neither it nor the prefix', async () => {
    const create = createSchema(repository)
    await expect(create(admin, { prefix: 'blank', namespace: ' ' })).rejects.toEqual(
      code('INVALID', 'namespace'),
    )
    const { namespace } = await addSchema('once')
    await expect(create(admin, { prefix: 'twice', namespace })).rejects.toEqual(code('CONFLICT', 'namespace'))
    await expect(create(admin, { prefix: 'once', namespace: 'x' })).rejects.toEqual(
      code('CONFLICT', 'prefix'),
    )
  })

  test('get another namespace, never another prefix', async () => {
    const schema = await addSchema('renamed')
    const update = updateSchema(repository)
    const changed = { ...schema, namespace: 'https://elsewhere.example/' }
    expect(await update(admin, changed)).toEqual(changed)
    expect(await readSchema(repository)(anonymous, schema.id)).toEqual(changed)
    await expect(update(admin, { ...changed, prefix: 'other' })).rejects.toEqual(code('INVALID', 'prefix'))
    await expect(update(admin, { ...changed, namespace: '' })).rejects.toEqual(code('INVALID', 'namespace'))
    await expect(update(admin, { ...changed, id: 9999 })).rejects.toEqual(code('NOT_FOUND'))
  })

  test('go with their fields, unless these are in use or the system needs them', async () => {
    const schema = await addSchema('leaving')
    const field = await createField(repository)(admin, { schemaId: schema.id, element: 'soon' })
    const community = await repository.addCommunity()
    const use = (metadata: Record<string, ReturnType<typeof metadataValue>[]>) =>
      repository.unitOfWork(async (tx) => {
        const found = await tx.communities.find(community.id)
        if (found !== undefined) await tx.communities.update({ ...found.value, metadata })
      })
    await use({ 'leaving.soon': [metadataValue('one'), metadataValue('two')] })
    const remove = () => deleteSchema(repository)(admin, schema.id)
    await expect(remove()).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { field: 'leaving.soon', uses: 2 },
    })
    await expect(deleteField(repository)(admin, field.id)).rejects.toEqual(code('CONFLICT', 'leaving.soon'))
    await use({})
    await remove()
    await expect(readField(repository)(anonymous, field.id)).rejects.toEqual(code('NOT_FOUND'))
    await expect(remove()).rejects.toEqual(code('NOT_FOUND'))
    await expect(deleteSchema(repository)(admin, 1)).rejects.toEqual(code('INVALID', 'prefix'))
  })
})

describe('fields', () => {
  const list = async (query: Parameters<ReturnType<typeof listFields>>[1]) => {
    const found = await listFields(repository)(anonymous, query, { number: 0, size: 1000 })
    return found.elements.map((field) =>
      [field.schemaPrefix, field.element, field.qualifier].filter(Boolean).join('.'),
    )
  }

  test('are created in a schema, once, with names that can be told apart', async () => {
    const create = createField(repository)
    const { id: schemaId } = await addSchema('made')
    const field = await create(admin, { schemaId, element: 'of', qualifier: 'stone', scopeNote: 'Hard' })
    expect(await readField(repository)(anonymous, field.id)).toEqual({
      id: field.id,
      schemaId,
      schemaPrefix: 'made',
      element: 'of',
      qualifier: 'stone',
      scopeNote: 'Hard',
    })
    expect(await create(admin, { schemaId, element: 'of', qualifier: ' ' })).toMatchObject({
      qualifier: null,
    })
    const again = create(admin, { schemaId, element: 'of', qualifier: null })
    await expect(again).rejects.toEqual(code('CONFLICT', 'name'))
    await expect(create(admin, { schemaId: 9999, element: 'x' })).rejects.toEqual(code('REFERENCE_INVALID'))
    await expect(create(admin, { schemaId, element: '' })).rejects.toEqual(code('INVALID', 'element'))
    await expect(create(admin, { schemaId, element: 'a.b' })).rejects.toEqual(code('INVALID', 'element'))
    const long = 'x'.repeat(65)
    await expect(create(admin, { schemaId, element: long })).rejects.toEqual(code('INVALID', 'element'))
    const qualified = create(admin, { schemaId, element: 'a', qualifier: 'b c' })
    await expect(qualified).rejects.toEqual(code('INVALID', 'qualifier'))
  })

  test('get another scope note, never another name', async () => {
    const update = updateField(repository)
    const { id: schemaId } = await addSchema('noted')
    const field = await createField(repository)(admin, { schemaId, element: 'a', qualifier: 'b' })
    expect(await update(admin, { ...field, scopeNote: 'New' })).toEqual({ ...field, scopeNote: 'New' })
    await expect(update(admin, { ...field, element: 'c' })).rejects.toEqual(code('INVALID', 'element'))
    await expect(update(admin, { ...field, qualifier: null })).rejects.toEqual(code('INVALID', 'qualifier'))
    await deleteField(repository)(admin, field.id)
    await expect(update(admin, field)).rejects.toEqual(code('NOT_FOUND'))
    await expect(deleteField(repository)(admin, field.id)).rejects.toEqual(code('NOT_FOUND'))
  })

  test('are found by parts of their names', async () => {
    expect(await list({ exactName: 'dc.contributor.author' })).toEqual(['dc.contributor.author'])
    expect(await list({ exactName: 'dc.title' })).toEqual(['dc.title'])
    expect(await list({ exactName: 'dc.contributor.author.x' })).toEqual([])
    expect(await list({ schema: 'dc', query: 'AUTH' })).toEqual(['dc.contributor.author'])
    expect(await list({ schema: 'dc', query: 'contributor.ot' })).toEqual(['dc.contributor.other'])
    expect(await list({ query: 'dc.titl' })).toEqual(['dc.title', 'dc.title.alternative'])
    expect(await list({ schema: 'dc', element: 'identifier', qualifier: 'uri' })).toEqual([
      'dc.identifier.uri',
    ])
    expect(await list({ schema: 'nowhere' })).toEqual([])
    await expect(list({ exactName: 'dc.title', schema: 'dc' })).rejects.toEqual(code('INVALID', 'exactName'))
  })

  test('tell the names that the registry does not have, in the order asked', async () => {
    const { fields } = repository.reading
    const names = [
      'dc.title',
      'x.y',
      'dc',
      'dc.title.',
      'dc.title.x.y',
      'dc.contributor.author',
      '',
      'DC.title',
    ]
    expect(await fields.unknownAmong(names)).toEqual([
      'x.y',
      'dc',
      'dc.title.',
      'dc.title.x.y',
      '',
      'DC.title',
    ])
    expect(await fields.unknownAmong([])).toEqual([])
  })

  test('count their values in every kind of record', async () => {
    const { id: schemaId } = await addSchema('counted')
    await createField(repository)(admin, { schemaId, element: 'here' })
    const metadata = { 'counted.here': [metadataValue('1'), metadataValue('2')] }
    const community = await repository.addCommunity()
    const personId = await repository.addPerson('counted@example.org')
    await repository.unitOfWork(async (tx) => {
      const found = await tx.communities.find(community.id)
      const person = await tx.people.find(personId)
      if (found !== undefined) await tx.communities.update({ ...found.value, metadata })
      if (person !== undefined) await tx.people.update({ ...person, metadata })
    })
    const uses = await repository.reading.fields.countUses(['counted.here', 'dc.subject'])
    expect([...uses]).toEqual([['counted.here', 4]])
  })
})

describe('formats', () => {
  test('are created with tidy extensions, and guessed by them', async () => {
    const format = await createFormat(repository)(admin, FORMAT)
    expect(format).toEqual({ ...FORMAT, id: format.id, extensions: ['marks', 'mks'] })
    const { guess } = repository.reading.formats
    const guessed = async (mimetype?: string, extension?: string) =>
      (await guess(mimetype, extension))?.shortDescription
    expect(await guessed('Text/X-Marks; charset=utf-8')).toBe('Marks')
    expect(await guessed(undefined, '.MKS')).toBe('Marks')
    expect(await guessed('application/octet-stream', 'mks')).toBe('Marks')
    expect(await guessed('application/x-unheard-of', 'mks')).toBe('Marks')
    expect(await guessed('application/pdf', 'mks')).toBe('Adobe PDF')
    expect(await guessed('application/x-unheard-of', 'unheard')).toBeUndefined()
    expect(await guessed('text/plain; charset=utf-8')).toBe('Text')
    expect(await guessed()).toBeUndefined()
    const twin = await createFormat(repository)(admin, {
      ...FORMAT,
      shortDescription: 'Twin',
      extensions: ['twin'],
    })
    expect(await guessed(twin.mimetype, 'twin')).toBe('Twin')
    expect(await guessed(twin.mimetype, 'other')).toBe('Marks')
  })

  test('are changed, except for the name of the unknown one', async () => {
    const format = await createFormat(repository)(admin, { ...FORMAT, shortDescription: 'Changing' })
    const update = updateFormat(repository)
    const changed = { ...format, supportLevel: 'SUPPORTED' as const, internal: true }
    expect(await update(admin, changed)).toEqual(changed)
    expect(await readFormat(repository)(anonymous, format.id)).toEqual(changed)
    const renamed = update(admin, { ...format, shortDescription: 'Unknown' })
    await expect(renamed).rejects.toEqual(code('CONFLICT', 'shortDescription'))
    await expect(update(admin, { ...format, id: 9999 })).rejects.toEqual(code('NOT_FOUND'))
    await expect(update(admin, { ...format, mimetype: '' })).rejects.toEqual(code('INVALID', 'mimetype'))
    const unknown = await readFormat(repository)(anonymous, 1)
    expect(await update(admin, { ...unknown, description: 'Whatever' })).toMatchObject({
      description: 'Whatever',
    })
    const named = update(admin, { ...unknown, shortDescription: 'Known' })
    await expect(named).rejects.toEqual(code('INVALID', 'shortDescription'))
  })

  test('leave their files with the unknown one when they go', async () => {
    const format = await createFormat(repository)(admin, { ...FORMAT, shortDescription: 'Going' })
    const bitstreamId = crypto.randomUUID()
    const sha256 = 'a'.repeat(64)
    await repository.database.write.transaction().execute(async (trx) => {
      await trx.insertInto('content').values({ sha256, md5: 'b', size: 1, staging_name: null }).execute()
      const row = {
        id: bitstreamId,
        bundle_id: null,
        position: 0,
        sequence_id: null,
        format_id: format.id,
        sha256,
      }
      await trx
        .insertInto('bitstream')
        .values({ ...row, metadata: '{}' })
        .execute()
    })
    await deleteFormat(repository)(admin, format.id)
    const found = await repository.database.read
      .selectFrom('bitstream')
      .select(['format_id', 'version'])
      .where('id', '=', bitstreamId)
      .executeTakeFirst()
    expect(found).toEqual({ format_id: 1, version: 2 })
    await expect(deleteFormat(repository)(admin, format.id)).rejects.toEqual(code('NOT_FOUND'))
    await expect(deleteFormat(repository)(admin, 1)).rejects.toEqual(code('INVALID'))
  })
})
