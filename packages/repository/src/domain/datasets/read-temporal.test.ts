import { describe, expect, test } from 'vitest'
import { parseMoment } from './moment.ts'
import { readTemporal } from './read-temporal.ts'

function told(text: string): (string | null)[] | undefined {
  const span = readTemporal(text)
  return span && [span.start, span.end].map((end) => (end === null ? null : new Date(end).toISOString()))
}

describe('dcterms.temporal', () => {
  test.each([
    [
      'start=2017-04-18; end=2017-04-20; scheme=W3C-DTF;',
      '2017-04-18T00:00:00.000Z',
      '2017-04-20T23:59:59.999Z',
    ],
    [
      'name=Depression\\; Great; start=1929; end=1939',
      '1929-01-01T00:00:00.000Z',
      '1939-12-31T23:59:59.999Z',
    ],
    ['start=2017-04-18T21:09:23.789Z', '2017-04-18T21:09:23.789Z', null],
    ['end=2017-02', null, '2017-02-28T23:59:59.999Z'],
    [
      '2017-04-18T21:09:23Z/2017-04-18T21:09:50+00:00',
      '2017-04-18T21:09:23.000Z',
      '2017-04-18T21:09:50.000Z',
    ],
    ['2017-04-18T21:00/23:30', '2017-04-18T21:00:00.000Z', '2017-04-18T23:30:00.000Z'],
    ['2017-01-31/P1M2DT3H', '2017-01-31T00:00:00.000Z', '2017-03-05T03:00:00.000Z'],
    ['P1W/2017-01-31', '2017-01-24T00:00:00.000Z', '2017-01-31T23:59:59.999Z'],
    ['../2017', null, '2017-12-31T23:59:59.999Z'],
    ['2017-04-18T23:00-02:00/', '2017-04-19T01:00:00.000Z', null],
    ['-0044-03-15/-0044-03-15', '-000044-03-15T00:00:00.000Z', '-000044-03-15T23:59:59.999Z'],
  ])('%s', (text, start, end) => {
    expect(told(text)).toEqual([start, end])
  })

  test.each([
    'the Bronze Age',
    '2017',
    '2017-04-20/2017-04-18',
    '2017-02-30/2017-03-01',
    'a/b',
    '/',
    '2017/2018/2019',
    'start=yesterday',
    '1/2',
    'P1D/P1D',
    `2017/P${'9'.repeat(30)}Y`,
  ])('nothing of %s', (text) => {
    expect(readTemporal(text)).toBeUndefined()
  })
})

test.each([
  '2017-13-01',
  '2017-01-01T24:00',
  '2017-01-01T00:00:61Z',
  '2017-01-01T00:00+99',
  '',
  '20170101',
  '１２３４',
])('%s is no moment', (text) => {
  expect(parseMoment(text)).toBeUndefined()
})
