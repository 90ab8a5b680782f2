import { symlink, truncate, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { metadataValue } from '../../src/domain/metadata/metadata.ts'
import { readSaf } from '../../src/import/saf/read-saf.ts'
import { contentOf, readAll, temporaryDirectory, writeSource } from './source-files.ts'
import type { SourceFiles } from './source-files.ts'
import { writeZip } from './write-zip.ts'
import type { ZipEntry } from './write-zip.ts'

const TITLE = '<dublin_core><dcvalue element="title">T</dcvalue></dublin_core>'

const FULL: SourceFiles = {
  'item_1/dublin_core.xml': `<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!-- made by hand -->
<dublin_core schema="dc">
  <dcvalue element="title" qualifier="none" language="en_US"> Größe &amp; <![CDATA[<Maß>]]> </dcvalue>
  <dcvalue element="contributor" qualifier="author">Gauß, C. F.</dcvalue>
  <dcvalue element="contributor" qualifier="author" language=" ">Weber, W.</dcvalue>
  <dcvalue element="description" qualifier="">   </dcvalue>
</dublin_core>`,
  'item_1/metadata_thesis.xml':
    '<dublin_core schema="thesis"><dcvalue element="degree" qualifier="name">Dr.</dcvalue></dublin_core>',
  'item_1/contents': [
    "text.pdf\tbundle:ORIGINAL\tpermissions:-r 'Staff only'\tdescription:Full text\tprimary:true",
    'license.txt',
    '',
    'page 1.tif\tpermissions:-W Editors\tiiif-label:Page 1\tiiif-width:640\tprimary:false',
    'deep/text.pdf.txt\tbundle:TEXT',
  ].join('\r\n'),
  'item_1/text.pdf': '%PDF',
  'item_1/license.txt': 'agreed',
  'item_1/page 1.tif': 'II*',
  'item_1/deep/text.pdf.txt': 'plain',
  'item_1/unnamed.txt': 'not imported',
  'item_1/handle': '123456789/42\n',
  'item_1/collections': '123456789/2\n\n3fa85f64-5717-4562-b3fc-2c963f66afa6\n123456789/2\n',
}

async function zipOf(
  files: SourceFiles,
  change: (entry: ZipEntry) => ZipEntry = (entry) => entry,
): Promise<string> {
  const path = join(await temporaryDirectory(), 'items.zip')
  await writeZip(
    path,
    Object.entries(files).map(([name, content]) => change({ name, content, deflate: true })),
  )
  return path
}

describe.each([
  ['a directory', writeSource],
  ['a ZIP archive', zipOf],
  ['a ZIP64 archive', (files: SourceFiles) => zipOf(files, (entry) => ({ ...entry, zip64: true }))],
  [
    'a ZIP archive with backslashes',
    (files: SourceFiles) => zipOf(files, (entry) => ({ ...entry, name: entry.name.replaceAll('/', '\\') })),
  ],
])('readSaf of %s', (_kind, write) => {
  it('reads everything that the format can say', async () => {
    const { items, faults } = await readAll(readSaf(await write(FULL)))
    expect(faults).toEqual([])
    expect(items).toEqual([
      {
        kind: 'item',
        key: 'item_1',
        handle: '123456789/42',
        collections: ['123456789/2', '3fa85f64-5717-4562-b3fc-2c963f66afa6'],
        metadata: {
          'dc.title': [metadataValue('Größe & <Maß>', 'en_US')],
          'dc.contributor.author': [metadataValue('Gauß, C. F.'), metadataValue('Weber, W.')],
          'thesis.degree.name': [metadataValue('Dr.')],
        },
        files: [
          expect.objectContaining({
            name: 'text.pdf',
            bundle: 'ORIGINAL',
            description: 'Full text',
            permissions: [{ action: 'read', group: 'Staff only' }],
            primary: true,
            size: 4,
          }),
          expect.objectContaining({
            name: 'license.txt',
            bundle: 'LICENSE',
            permissions: [],
            primary: false,
          }),
          expect.objectContaining({
            name: 'page 1.tif',
            bundle: 'ORIGINAL',
            permissions: [{ action: 'write', group: 'Editors' }],
            metadata: { 'iiif.label': [metadataValue('Page 1')], 'iiif.image.width': [metadataValue('640')] },
          }),
          expect.objectContaining({ name: 'deep/text.pdf.txt', bundle: 'TEXT', description: null }),
        ],
      },
    ])
    const texts = await Promise.all(items.flatMap((item) => item.files).map(contentOf))
    expect(texts.map(String)).toEqual(['%PDF', 'agreed', 'II*', 'plain'])
  })

  it('counts items as people do and finds them one folder deep', async () => {
    const names = ['item_10', 'item_2', 'item_1', '__MACOSX', '.git']
    const nested = Object.fromEntries(names.map((name) => [`export/${name}/dublin_core.xml`, TITLE]))
    expect((await readAll(readSaf(await write(nested)))).keys).toEqual(['item_1', 'item_2', 'item_10'])
    const two = { 'a/1/dublin_core.xml': TITLE, 'b/1/dublin_core.xml': TITLE }
    expect((await readAll(readSaf(await write(two)))).keys).toEqual(['a/1', 'b/1'])
  })

  it('names what is faulty and reads on', async () => {
    const { keys, faults } = await readAll(
      readSaf(await write({ ...FULL, 'item_0/contents': 'x', 'item_2/dublin_core.xml': TITLE })),
    )
    expect(keys).toEqual(['item_0', 'item_1', 'item_2'])
    expect(faults).toEqual([expect.objectContaining({ key: 'item_0', file: 'item_0/dublin_core.xml' })])
  })

  it('finds nothing where nothing is', async () => {
    await expect(readAll(readSaf(await write({ 'readme.txt': '', 'a/b.txt': '' })))).rejects.toMatchObject({
      code: 'IMPORT_SOURCE_UNREADABLE',
    })
  })
})

const dc = (inner: string): SourceFiles => ({
  'i/dublin_core.xml': `<dublin_core>\n${inner}\n</dublin_core>`,
})
const contents = (line: string): SourceFiles => ({
  'i/dublin_core.xml': TITLE,
  'i/contents': `a.txt\n${line}`,
  'i/a.txt': 'a',
  'i/b.txt': 'b',
  'other.txt': 'o',
})

describe('faults of items', () => {
  it.each<[string, SourceFiles, string, number | null]>([
    ['a document type', { 'i/dublin_core.xml': `<!DOCTYPE dublin_core>${TITLE}` }, 'i/dublin_core.xml', 1],
    [
      'an entity of its own',
      { 'i/dublin_core.xml': `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n<x>&e;</x>` },
      'i/dublin_core.xml',
      2,
    ],
    ['an unknown entity', dc('<dcvalue element="title">&nbsp;</dcvalue>'), 'i/dublin_core.xml', 2],
    ['an open element', dc('<dcvalue element="title">'), 'i/dublin_core.xml', 3],
    ['an empty document', { 'i/dublin_core.xml': '' }, 'i/dublin_core.xml', 1],
    ['another root', { 'i/dublin_core.xml': '<mets/>' }, 'i/dublin_core.xml', 1],
    ['another element', dc('<dcvalu element="title">x</dcvalu>'), 'i/dublin_core.xml', 2],
    ['a value without element', dc('<dcvalue>x</dcvalue>'), 'i/dublin_core.xml', 2],
    ['an element that is no name', dc('<dcvalue element="title.x">x</dcvalue>'), 'i/dublin_core.xml', 2],
    ['an element in a value', dc('<dcvalue element="title">x<b/></dcvalue>'), 'i/dublin_core.xml', 2],
    ['text between values', dc('x'), 'i/dublin_core.xml', 1],
    ['a broken text', { 'i/dublin_core.xml': Buffer.from([0x3c, 0xff, 0x3e]) }, 'i/dublin_core.xml', null],
    ['depth without end', { 'i/dublin_core.xml': '<a>'.repeat(200_000) }, 'i/dublin_core.xml', null],
    [
      'relations as metadata',
      { ...dc(''), 'i/metadata_relation.xml': '<dublin_core schema="relation"/>' },
      'i/metadata_relation.xml',
      1,
    ],
    ['relations', { ...dc(''), 'i/relationships': '' }, 'i/relationships', null],
    ['a missing file', contents('c.txt'), 'i/contents', 2],
    ['a path upwards', contents('../other.txt'), 'i/contents', 2],
    ['an absolute path', contents('/etc/passwd'), 'i/contents', 2],
    ['a file named twice', contents('a.txt\tdescription:again'), 'i/contents', 2],
    ['a registered file', contents('-r -s 1 -f b.txt'), 'i/contents', 2],
    ['an unknown option', contents('b.txt\tbundel:X'), 'i/contents', 2],
    ['a permission for nobody', contents('b.txt\tpermissions:-r'), 'i/contents', 2],
    ['a permission to do what', contents("b.txt\tpermissions:-x 'A'"), 'i/contents', 2],
    ['an odd primary', contents('b.txt\tprimary:yes'), 'i/contents', 2],
    ['a file that nothing names', { 'i/dublin_core.xml': TITLE, 'i/b.txt': 'b' }, 'i/b.txt', null],
    ['no handle', { 'i/dublin_core.xml': TITLE, 'i/handle': '\nfour two\n' }, 'i/handle', 2],
    ['no collection', { 'i/dublin_core.xml': TITLE, 'i/collections': '1/2\nmine\n' }, 'i/collections', 2],
  ])('%s', async (_name, files, file, line) => {
    const source = await writeSource({ ...files, 'j/dublin_core.xml': TITLE })
    const { faults, items } = await readAll(readSaf(source))
    expect(faults).toEqual([{ kind: 'fault', key: 'i', message: expect.any(String), file, line }])
    expect(items.map((item) => item.key)).toEqual(['j'])
  })

  it('allows one primary file a bundle', async () => {
    const source = await writeSource({
      ...contents('b.txt\tprimary:true\tbundle:TEXT\na.txt\tbundle:TEXT\tprimary:true'),
    })
    expect((await readAll(readSaf(source))).faults).toMatchObject([{ line: 3 }])
  })

  it('reads other encodings by their declaration', async () => {
    const latin = Buffer.from(
      `<?xml version="1.0" encoding="ISO-8859-1"?>${TITLE.replace('T<', 'Ä<')}`,
      'latin1',
    )
    const utf16 = Buffer.from(`\uFEFF${TITLE.replace('T<', 'Ä<')}`, 'utf16le')
    const source = await writeSource({ 'a/dublin_core.xml': latin, 'b/dublin_core.xml': utf16 })
    const { items } = await readAll(readSaf(source))
    expect(items.map((item) => item.metadata['dc.title']?.[0]?.value)).toEqual(['Ä', 'Ä'])
  })

  it('does not follow links out of the directory', async () => {
    const outside = await writeSource({ 'secret.txt': 's', 'item/dublin_core.xml': TITLE })
    const source = await writeSource({ ...contents('link.txt'), 'j/dublin_core.xml': TITLE })
    await symlink(join(outside, 'secret.txt'), join(source, 'i/link.txt'))
    await symlink(join(outside, 'item'), join(source, 'k'))
    const { faults, keys } = await readAll(readSaf(source))
    expect(keys).toEqual(['i', 'j', 'k'])
    expect(faults.map((fault) => fault.key)).toEqual(['i', 'k'])
  })
})

describe('hostile and damaged archives', () => {
  it.each(['../i/dublin_core.xml', '/i/dublin_core.xml', 'C:/i/dublin_core.xml', 'i/../../x', '..\\i\\x'])(
    'refuses the entry %s',
    async (name) => {
      await expect(readAll(readSaf(await zipOf({ ...dc(''), [name]: TITLE })))).rejects.toMatchObject({
        code: 'IMPORT_SOURCE_UNREADABLE',
      })
    },
  )

  it('refuses what is no archive, is cut off or is missing', async () => {
    const directory = await writeSource({ 'no.zip': 'PK but no archive' })
    const cut = await zipOf(FULL)
    await truncate(cut, (await stat(cut)).size - 10)
    for (const source of [join(directory, 'no.zip'), cut, join(directory, 'missing.zip')]) {
      await expect(readAll(readSaf(source))).rejects.toMatchObject({ code: 'IMPORT_SOURCE_UNREADABLE' })
    }
  })

  it('names encrypted, doubled and oddly compressed files', async () => {
    const entry = { name: 'i/b.txt', content: 'b' }
    const others = Object.entries(contents('b.txt')).filter(([name]) => name !== 'i/b.txt')
    const kept = others.map(([name, content]) => ({ name, content }))
    for (const bad of [
      [{ ...entry, encrypted: true, content: 'b'.repeat(13), size: 1 }],
      [entry, entry],
      [{ ...entry, method: 12 }],
    ]) {
      const path = join(await temporaryDirectory(), 'bad.zip')
      await writeZip(path, [...kept, ...bad])
      expect((await readAll(readSaf(path))).faults).toMatchObject([{ key: 'i', file: 'i/contents', line: 2 }])
    }
  })

  it.each<[string, Partial<ZipEntry>]>([
    ['another checksum', { crc: 1 }],
    ['more bytes than promised', { size: 3 }],
    ['fewer bytes than promised', { size: 30_000 }],
    ['a broken stream', { method: 8, deflate: false }],
  ])('fails while reading: %s', async (_name, change) => {
    const path = await zipOf({ ...contents('b.txt'), 'i/b.txt': 'b'.repeat(20_000) }, (entry) =>
      entry.name === 'i/b.txt' ? { ...entry, ...change } : entry,
    )
    const { items } = await readAll(readSaf(path))
    await expect(contentOf(items[0]?.files[1])).rejects.toMatchObject({
      code: 'IMPORT_FILE_UNREADABLE',
      file: 'i/b.txt',
    })
  })
})
