import { expect, test } from 'vitest'
import { modsFields } from './mods-fields.ts'

const mods = (content: string) => `<mods xmlns="http://www.loc.gov/mods/v3">${content}</mods>`
const ms = (xml: string) =>
  Object.fromEntries(Object.entries(modsFields(xml)).filter(([name]) => name.endsWith('_ms')))

test('paths with types; every value, the first one, the words', () => {
  const xml = mods(`
    <titleInfo><title>Map of
      the coast</title></titleInfo>
    <titleInfo type="alternative"><title>Chart</title></titleInfo>
    <subject><topic>sea</topic><topic>tides</topic></subject>
    <identifier type="doi">10.1/x</identifier>`)
  expect(ms(xml)).toEqual({
    mods_titleInfo_title_ms: ['Map of the coast'],
    mods_titleInfo_alternative_title_ms: ['Chart'],
    mods_subject_topic_ms: ['sea', 'tides'],
    mods_identifier_doi_ms: ['10.1/x'],
  })
  expect(modsFields(xml)).toMatchObject({
    mods_subject_topic_s: ['sea'],
    mods_subject_topic_mt: ['sea', 'tides'],
  })
})

test('prefixes and collections of records', () => {
  const note = '<m:mods><m:note>a</m:note></m:mods>'
  const xml = `<m:modsCollection xmlns:m="http://www.loc.gov/mods/v3">${note}${note}</m:modsCollection>`
  expect(ms(xml)).toEqual({ mods_note_ms: ['a', 'a'] })
})

test.each([
  ['', 'nothing'],
  ['<mods/>', 'another namespace'],
  ['<!DOCTYPE mods>' + mods('<note>a</note>'), 'a document type'],
  [mods('<note>a'), 'no XML'],
  [mods('<note xmlns="http://example.org/">a</note>'), 'elements of another namespace'],
])('%s: no fields of %s', (xml) => {
  expect(modsFields(xml)).toEqual({})
})

test('no more values, and no more and longer names, than a description has', () => {
  const names = Array.from({ length: 300 }, (_, number) => `<a${number}>x</a${number}>`).join('')
  expect(Object.keys(ms(mods(names)))).toHaveLength(200)
  const long = 'a'.repeat(300)
  expect(modsFields(mods(`<${long}>x</${long}>`))).toEqual({})
  expect(ms(mods('<note>a</note>'.repeat(3000)))['mods_note_ms']).toHaveLength(2000)
})
