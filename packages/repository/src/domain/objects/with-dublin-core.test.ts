import { expect, test } from 'vitest'
import { metadataValue, type Metadata } from '../metadata/metadata.ts'
import { DC_ELEMENTS, dublinCoreOf } from './dublin-core.ts'
import { withDublinCore, type GivenValue } from './with-dublin-core.ts'

const PID = 'hexapla:7'
const HANDLE = 'https://hdl.handle.net/123456789/7'
const virtual = { value: 'Ada', language: null, authority: 'virtual::3', confidence: -1 }
const METADATA: Metadata = {
  'dc.contributor.author': [metadataValue('Ada', 'en'), virtual, metadataValue('Grace')],
  'dc.contributor.editor': [metadataValue('Hedy')],
  'dc.date.accessioned': [metadataValue('2026-01-01T00:00:00Z')],
  'dc.date.issued': [metadataValue('1843')],
  'dc.description.provenance': [metadataValue('secret')],
  'dc.identifier.doi': [metadataValue('10.1/2')],
  'dc.identifier.uri': [metadataValue('https://example.org/'), metadataValue(HANDLE)],
  'dc.subject': [metadataValue('maps'), metadataValue(' ')],
  'dc.subject.lcsh': [
    { value: 'maps', language: null, authority: 'sh1', confidence: 600 },
    metadataValue('a\r\nb\u0001 '),
  ],
  'dc.title': [metadataValue('Title')],
  'dc.title.alternative': [metadataValue('Other title')],
  'dcterms.spatial': [metadataValue('London')],
  'person.name': [metadataValue('X')],
}

/** What comes out, the way that XML brings it back. */
const told = (metadata: Metadata): GivenValue[] =>
  dublinCoreOf({ pid: PID, metadata }).map(({ element, value }) => ({
    element,
    value: value.replaceAll('\r\n', '\n').replaceAll('\u0001', '\u{FFFD}').trim(),
    language: null,
  }))
const put = (given: readonly GivenValue[], metadata = METADATA) =>
  withDublinCore(metadata, given, [PID, HANDLE])
const texts = (metadata: Metadata, field: string) => (metadata[field] ?? []).map(({ value }) => value)

test('what was told and is put back changes nothing, whatever its order', () => {
  expect(put(told(METADATA))).toBe(METADATA)
  expect(told(put(told(METADATA).toReversed())).toSorted(byText)).toEqual(told(METADATA).toSorted(byText))
  expect(put([...told(METADATA), { element: 'identifier', value: HANDLE, language: null }])).toBe(METADATA)
})

const byText = (one: GivenValue, other: GivenValue): number =>
  `${one.element} ${one.value}`.localeCompare(`${other.element} ${other.value}`)

test('a value that takes the place of another is in the same field', () => {
  const changed = put(told(METADATA).map((one) => (one.value === '1843' ? { ...one, value: '1844' } : one)))
  expect(changed).toEqual({ ...METADATA, 'dc.date.issued': [metadataValue('1844')] })
})

test('further values are in the fields where DSpace looks for them', () => {
  const more = DC_ELEMENTS.map((element): GivenValue => ({
    element,
    value: `new ${element}`,
    language: 'de',
  }))
  const fields = Object.keys(put(more, {}))
  expect(fields.toSorted()).toEqual(
    [
      'contributor',
      'contributor.author',
      'coverage.spatial',
      'date.issued',
      'description',
      'format',
      'identifier',
    ]
      .concat(['language', 'publisher', 'relation', 'rights', 'source', 'subject', 'title', 'type'])
      .map((name) => `dc.${name}`),
  )
  expect(put([...told(METADATA), ...more])['dc.subject']).toEqual([
    metadataValue('maps'),
    metadataValue('new subject', 'de'),
    metadataValue(' '),
  ])
})

test('what is not given any more is gone, but not what is never told, nor names, nor what comes from others', () => {
  const changed = put([])
  expect(changed).toEqual({
    'dc.contributor.author': [virtual],
    'dc.date.accessioned': METADATA['dc.date.accessioned'],
    'dc.description.provenance': METADATA['dc.description.provenance'],
    'dc.identifier.uri': [metadataValue(HANDLE)],
    'dc.subject': [metadataValue(' ')],
    'person.name': [metadataValue('X')],
  })
  expect(put(told(METADATA), {})).toMatchObject({
    'dc.title': [{ value: 'Title' }, { value: 'Other title' }],
  })
})

test('a language that is said is that of the value', () => {
  const titled = told(METADATA).map((one) => (one.value === 'Title' ? { ...one, language: 'fr' } : one))
  expect(put(titled)['dc.title']).toEqual([metadataValue('Title', 'fr')])
})

test('equal values of an element stay apart', () => {
  const once = told(METADATA).filter(
    ({ value }, index, all) => all.findIndex((one) => one.value === value) === index,
  )
  const changed = put(once)
  expect(texts(changed, 'dc.subject')).toEqual(['maps', ' '])
  expect(texts(changed, 'dc.subject.lcsh')).toEqual(['a\r\nb\u0001 '])
})
