import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { metadataValue } from '../../src/domain/metadata/metadata.ts'
import { readDataPackage } from '../../src/import/datapackage/read-datapackage.ts'
import { samplePackageDirectory } from '../../src/import/datapackage/sample-package.ts'
import { METADATA_FIELDS } from '../../src/registries/load-registries.ts'
import { contentOf, readAll, temporaryDirectory, writeSource } from './source-files.ts'
import type { SourceFiles } from './source-files.ts'
import { writeZip } from './write-zip.ts'

const digest = (algorithm: string, content: string): string =>
  createHash(algorithm).update(content).digest('hex')

/** A package of one resource, beside a file `a.csv`. */
async function resourceOf(resource: unknown, files: SourceFiles = {}): ReturnType<typeof readAll> {
  const source = await writeSource({
    'datapackage.json': JSON.stringify({ name: 'p', resources: [resource] }),
    'a.csv': 'x,y\n',
    ...files,
  })
  return readAll((await readDataPackage(source)).resources)
}

describe('a package with everything', () => {
  const descriptor = {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: 'lakes',
    title: 'Lakes',
    created: '2024-05-01T12:00:00Z',
    keywords: ['water', 'lakes'],
    licenses: [{ name: 'CC0-1.0', path: 'https://creativecommons.org/publicdomain/zero/1.0/' }],
    contributors: [
      { title: 'Ada' },
      { givenName: 'Bo', familyName: 'Berg', roles: ['creator'] },
      { title: 'House', role: 'publisher' },
      { title: 'Cy', roles: ['wrangler'] },
    ],
    resources: [
      {
        name: 'depth',
        title: 'Depth of lakes',
        description: 'In metres.',
        path: 'deep/depth.csv',
        mediatype: 'text/csv',
        bytes: 4,
        hash: `sha256:${digest('sha256', 'a,b\n')}`,
        sources: [{ title: 'Survey', path: 'https://example.org/survey' }, { title: 'Hearsay' }],
        schema: { fields: [{ name: 'a', type: 'number' }] },
      },
      {
        name: 'parts',
        path: ['deep/depth.csv', './b.csv'],
        licenses: [{ title: 'By hand', path: 'LICENCE.txt' }],
      },
      { name: 'inline', data: [{ a: 1 }], keywords: ['water', 'inline'] },
      { name: 'text', data: 'a;b', format: 'csv', mediatype: 'text/csv', schema: 'schema/own.json' },
    ],
  }
  const files = {
    'datapackage.json': `\uFEFF${JSON.stringify(descriptor)}`,
    'deep/depth.csv': 'a,b\n',
    'b.csv': 'c\n',
    'schema/own.json': '{"fields":[]}',
  }
  const zip = async (folder: string): Promise<string> => {
    const path = join(await temporaryDirectory(), 'package.zip')
    await writeZip(
      path,
      Object.entries(files).map(([name, content]) => ({ name: folder + name, content, deflate: true })),
    )
    return path
  }

  it.each<[string, () => Promise<string>]>([
    ['a directory', () => writeSource(files)],
    ['its descriptor', async () => join(await writeSource(files), 'datapackage.json')],
    ['a ZIP archive', () => zip('')],
    ['a folder in a ZIP archive', () => zip('lakes-1.0/')],
  ])('reads %s', async (_kind, write) => {
    const found = await readDataPackage(await write())
    expect(found.package).toMatchObject({ name: 'lakes', title: 'Lakes', keywords: ['water', 'lakes'] })
    const { items, faults, keys } = await readAll(found.resources)
    expect(faults).toEqual([])
    expect(keys).toEqual(['depth', 'parts', 'inline', 'text'])
    const values = (...texts: string[]): unknown => texts.map((text) => metadataValue(text))
    expect(items[0]?.metadata).toEqual({
      'dc.title': values('Depth of lakes'),
      'dc.contributor.author': values('Ada', 'Berg, Bo'),
      'dc.publisher': values('House'),
      'dc.contributor.other': values('Cy'),
      'dc.date.issued': values('2024-05-01'),
      'dc.description': values('In metres.'),
      'dc.identifier': values('depth'),
      'dc.subject': values('water', 'lakes'),
      'dc.source': values('Survey (https://example.org/survey)', 'Hearsay'),
      'dc.rights': values('CC0-1.0'),
      'dc.rights.uri': values('https://creativecommons.org/publicdomain/zero/1.0/'),
      'dc.format.mimetype': values('text/csv'),
      'dc.format.extent': values('4 bytes'),
      'dc.type': values('Dataset'),
    })
    expect(items[1]?.metadata).toMatchObject({ 'dc.title': values('parts'), 'dc.rights': values('By hand') })
    expect(items[1]?.metadata['dc.rights.uri']).toBeUndefined()
    expect(items[2]?.metadata['dc.subject']).toEqual(values('water', 'lakes', 'inline'))
    const all = items.flatMap((item) => item.files)
    expect(all.map(({ name, bundle, mimetype, size }) => [name, bundle, mimetype, size])).toEqual([
      ['depth.csv', 'ORIGINAL', 'text/csv', 4],
      ['schema.json', 'METADATA', 'application/json', 76],
      ['deep/depth.csv', 'ORIGINAL', null, 4],
      ['b.csv', 'ORIGINAL', null, 2],
      ['inline.json', 'ORIGINAL', 'application/json', 23],
      ['text.csv', 'ORIGINAL', 'text/csv', 3],
      ['schema.json', 'METADATA', 'application/json', 13],
    ])
    const texts = (await Promise.all(all.map(contentOf))).map(String)
    expect(texts.map((text, index) => text.length === all[index]?.size)).not.toContain(false)
    expect(JSON.parse(texts[1] ?? '')).toEqual({ fields: [{ name: 'a', type: 'number' }] })
    expect(JSON.parse(texts[4] ?? '')).toEqual([{ a: 1 }])
    expect(texts[6]).toBe('{"fields":[]}')
  })
})

describe('digests', () => {
  it.each([
    ['md5 without a name', digest('md5', 'x,y\n')],
    ['sha1', `sha1:${digest('sha1', 'x,y\n')}`],
    ['sha1 as git gives it', `sha1:${digest('sha1', 'blob 4\0x,y\n')}`],
    ['SHA-512', `SHA-512:${digest('sha512', 'x,y\n').toUpperCase()}`],
  ])('accepts %s', async (_name, hash) => {
    const { items } = await resourceOf({ name: 'a', path: 'a.csv', hash, bytes: 4 })
    expect(String(await contentOf(items[0]?.files[0]))).toBe('x,y\n')
  })

  it('fails at the end of other content, every time', async () => {
    const { items } = await resourceOf({
      name: 'a',
      path: 'a.csv',
      hash: `sha256:${digest('sha256', 'other')}`,
    })
    for (const time of [1, 2]) {
      await expect(contentOf(items[0]?.files[0]), `time ${time}`).rejects.toMatchObject({
        code: 'IMPORT_CONTENT_MISMATCH',
        file: 'a.csv',
      })
    }
  })
})

describe('faults of resources', () => {
  it.each<[string, unknown]>([
    ['another size', { name: 'a', path: 'a.csv', bytes: 5 }],
    ['an unknown digest', { name: 'a', path: 'a.csv', hash: 'rot13:abcdef' }],
    ['no digest', { name: 'a', path: 'a.csv', hash: 'sha1:xyz' }],
    ['the web', { name: 'a', path: 'https://example.org/a.csv' }],
    ['a path upwards', { name: 'a', path: '../a.csv' }],
    ['a path upwards on the way', { name: 'a', path: 'deep/../a.csv' }],
    ['an absolute path', { name: 'a', path: '/etc/passwd' }],
    ['a path of Windows', { name: 'a', path: 'deep\\a.csv' }],
    ['a missing file', { name: 'a', path: 'b.csv' }],
    ['a missing schema', { name: 'a', path: 'a.csv', schema: 'schema.json' }],
    ['a folder', { name: 'a', path: 'deep' }],
    ['no path', { name: 'a' }],
    ['path and data', { name: 'a', path: 'a.csv', data: [] }],
    ['an empty list', { name: 'a', path: [] }],
    ['a path twice', { name: 'a', path: ['a.csv', './a.csv'] }],
    ['an empty path', { name: 'a', path: '' }],
    ['a path that is no text', { name: 'a', path: [5] }],
  ])('%s', async (_name, resource) => {
    const { faults, items } = await resourceOf(resource, { 'deep/b.csv': '' })
    expect(faults).toMatchObject([{ kind: 'fault', key: 'a' }])
    expect(items).toEqual([])
  })

  it('are named one by one', async () => {
    const resources = [5, { name: 'a', path: 'a.csv' }, { name: 'a', path: 'a.csv' }, { path: 'a.csv' }]
    const source = await writeSource({ 'datapackage.json': JSON.stringify({ resources }), 'a.csv': '' })
    const { keys, faults } = await readAll((await readDataPackage(source)).resources)
    expect(keys).toEqual(['resource-1', 'a', 'a', 'resource-4'])
    expect(faults.map((fault) => fault.key)).toEqual(['resource-1', 'a'])
  })

  it.each(['', '[', '[]', '{}', '{"resources":{}}'])('refuses the descriptor %j', async (descriptor) => {
    await expect(
      readDataPackage(await writeSource({ 'datapackage.json': descriptor })),
    ).rejects.toMatchObject({
      code: 'IMPORT_SOURCE_UNREADABLE',
    })
  })

  it('refuses what has no descriptor', async () => {
    const directory = await writeSource({ 'a.csv': '' })
    for (const source of [directory, join(directory, 'datapackage.json'), join(directory, 'none.zip')]) {
      await expect(readDataPackage(source)).rejects.toMatchObject({ code: 'IMPORT_SOURCE_UNREADABLE' })
    }
  })
})

describe('vega-datasets', () => {
  it('comes out whole, with the digests that it promises', async () => {
    const { package: info, resources } = await readDataPackage(samplePackageDirectory())
    expect(info).toMatchObject({ name: 'vega-datasets', version: '3.2.1' })
    const { items, faults } = await readAll(resources)
    expect(faults).toEqual([])
    expect(items).toHaveLength(73)
    let bytes = 0
    for (const file of items.flatMap((item) => item.files)) {
      if (file.bundle === 'ORIGINAL') bytes += (await contentOf(file)).length
    }
    expect(bytes).toBe(42_614_250)
    const fields = METADATA_FIELDS.map(({ schemaPrefix, element, qualifier }) =>
      [schemaPrefix, element, qualifier].filter((part) => part !== null).join('.'),
    )
    expect(fields).toEqual(
      expect.arrayContaining([...new Set(items.flatMap((item) => Object.keys(item.metadata)))]),
    )
    expect(items.filter((item) => item.metadata['dc.source'] !== undefined)).toHaveLength(65)
    expect(items.filter((item) => item.files.some((file) => file.name === 'schema.json'))).toHaveLength(61)
    expect(items.find((item) => item.key === 'co2_concentration')?.metadata).toMatchObject({
      'dc.title': [metadataValue('co2_concentration')],
      'dc.rights': [metadataValue('Creative Commons Attribution 4.0')],
      'dc.rights.uri': [metadataValue('https://creativecommons.org/licenses/by/4.0/')],
      'dc.format.mimetype': [metadataValue('text/csv')],
    })
  })
})
