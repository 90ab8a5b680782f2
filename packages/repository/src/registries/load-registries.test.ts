import { describe, expect, it } from 'vitest'
import { UNKNOWN_FORMAT_ID } from '../domain/records/record.ts'
import { BITSTREAM_FORMATS, METADATA_FIELDS, METADATA_SCHEMAS } from './load-registries.ts'

const fieldNames = METADATA_FIELDS.map(({ schemaPrefix, element, qualifier }) =>
  [schemaPrefix, element, qualifier].filter((part) => part !== null).join('.'),
)

describe('registries', () => {
  it('are those of a fresh DSpace', () => {
    expect(METADATA_SCHEMAS).toHaveLength(27)
    expect(METADATA_FIELDS).toHaveLength(448)
    expect(BITSTREAM_FORMATS).toHaveLength(87)
    expect(METADATA_SCHEMAS[0]).toEqual({
      id: 1,
      prefix: 'dc',
      namespace: 'http://dublincore.org/documents/dcmi-terms/',
    })
    expect(fieldNames).toEqual(
      expect.arrayContaining([
        'dc.title',
        'dc.contributor.author',
        'dc.date.accessioned',
        'dcterms.accessRights',
        'eperson.firstname',
        'dspace.entity.type',
        'dspace.agreements.cookies',
        'relation.isAuthorOfPublication.latestForDiscovery',
        'person.identifier.orcid',
        'workflow.score',
      ]),
    )
  })

  it('name everything once', () => {
    expect(new Set(fieldNames).size).toBe(fieldNames.length)
    expect(new Set(METADATA_SCHEMAS.map((schema) => schema.prefix)).size).toBe(METADATA_SCHEMAS.length)
    expect(new Set(METADATA_SCHEMAS.map((schema) => schema.namespace)).size).toBe(METADATA_SCHEMAS.length)
    const names = BITSTREAM_FORMATS.map((format) => format.shortDescription)
    expect(new Set(names).size).toBe(names.length)
  })

  it('give ids by position', () => {
    for (const registry of [METADATA_SCHEMAS, METADATA_FIELDS, BITSTREAM_FORMATS]) {
      expect(registry.map((row) => row.id)).toEqual(registry.map((_row, index) => index + 1))
    }
  })

  it('name parts that no separator breaks', () => {
    for (const { element, qualifier } of METADATA_FIELDS) {
      expect(element).toMatch(/^[A-Za-z0-9-]+$/)
      expect(qualifier ?? 'none').toMatch(/^[A-Za-z0-9-]+$/)
    }
  })

  it('know the formats that the system itself uses', () => {
    expect(BITSTREAM_FORMATS.find((format) => format.id === UNKNOWN_FORMAT_ID)).toMatchObject({
      shortDescription: 'Unknown',
      mimetype: 'application/octet-stream',
      supportLevel: 'UNKNOWN',
      extensions: [],
    })
    const internal = BITSTREAM_FORMATS.filter((format) => format.internal)
    expect(internal.map((format) => format.shortDescription)).toEqual(['License', 'CC License'])
    for (const extension of BITSTREAM_FORMATS.flatMap((format) => format.extensions)) {
      expect(extension).toMatch(/^[a-z0-9]+$/)
    }
  })
})
