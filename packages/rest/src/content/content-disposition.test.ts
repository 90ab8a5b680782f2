import { parse } from 'content-disposition'
import { expect, test } from 'vitest'
import { formatDisposition } from './content-disposition.ts'

test.each([
  'plain.pdf',
  'with space.pdf',
  'ä ö.pdf',
  '日本語.txt',
  'a "quoted".txt',
  'semi;colon=1.txt',
  '50%.txt',
  '%41.txt',
  '😀.png',
  'a\u202eb.txt',
])('%j comes back', (filename) => {
  const header = formatDisposition({ type: 'attachment', filename })
  expect(header).toMatch(/^[\x20-\x7e]+$/)
  expect(parse(header)).toMatchObject({ type: 'attachment', parameters: { filename } })
})

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\temp\\a.txt', 'a.txt'],
  ['a\r\nset-cookie: x.txt', 'aset-cookie: x.txt'],
  ['lone \ud800.txt', 'lone .txt'],
])('%j becomes %j', (filename, expected) => {
  expect(parse(formatDisposition({ type: 'inline', filename })).parameters['filename']).toBe(expected)
})

test('no name, no parameter', () => {
  expect(formatDisposition({ type: 'inline' })).toBe('inline')
  expect(formatDisposition({ type: 'attachment', filename: 'a/' })).toBe('attachment')
})
