import { describe, expect, it } from 'vitest'
import { formatPredicate, readPredicate } from './predicate.ts'

describe('readPredicate', () => {
  it.each([
    ['fedora-model:hasModel', 'info:fedora/fedora-system:def/model#', 'hasModel'],
    [
      'fedora:isMemberOfCollection',
      'info:fedora/fedora-system:def/relations-external#',
      'isMemberOfCollection',
    ],
    ['islandora:isPageOf', 'http://islandora.ca/ontology/relsext#', 'isPageOf'],
    ['http://custom.example.org/terms/callNumber', 'http://custom.example.org/terms/', 'callNumber'],
    ['http://custom.example.org#callNumber', 'http://custom.example.org#', 'callNumber'],
  ])('%s', (text, uri, predicate) => {
    expect(readPredicate(text)).toEqual({ uri, predicate })
    expect(formatPredicate({ uri, predicate })).toBe(text)
  })

  it('reads whole URIs of known namespaces', () => {
    const read = readPredicate('info:fedora/fedora-system:def/model#hasModel')
    expect(formatPredicate(read)).toBe('fedora-model:hasModel')
  })

  it.each(['hasModel', 'dc:title', '', 'fedora:', 'http://example.org/', 'fedora:a b'])(
    'refuses "%s"',
    (text) => {
      expect(() => readPredicate(text)).toThrow(expect.objectContaining({ code: 'USAGE' }))
    },
  )
})
