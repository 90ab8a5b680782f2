import { expect, test } from 'vitest'
import { ENTITY_TYPES, RELATIONSHIP_TYPES, VIRTUAL_RULES } from './load-entity-model.ts'
import { METADATA_FIELDS } from './load-registries.ts'

const fieldNames = METADATA_FIELDS.map(({ schemaPrefix, element, qualifier }) =>
  [schemaPrefix, element, qualifier].filter((part) => part !== null).join('.'),
)
const labels = RELATIONSHIP_TYPES.flatMap(({ leftwardType, rightwardType }) => [leftwardType, rightwardType])

test('the entity types are those of the model that DSpace ships', () => {
  expect(ENTITY_TYPES.map(({ label }) => label)).toEqual([
    'none',
    'Publication',
    'Person',
    'Project',
    'OrgUnit',
    'Journal',
    'JournalVolume',
    'JournalIssue',
    'Dataset',
  ])
})

test('the types of relationships are those of the model that DSpace ships', () => {
  expect(RELATIONSHIP_TYPES).toHaveLength(17)
  expect(RELATIONSHIP_TYPES[0]).toEqual({
    id: 1,
    leftType: { id: 2, label: 'Publication' },
    rightType: { id: 3, label: 'Person' },
    leftwardType: 'isAuthorOfPublication',
    rightwardType: 'isPublicationOfAuthor',
    leftCardinality: { min: 0, max: null },
    rightCardinality: { min: 0, max: null },
    copyToLeft: true,
    copyToRight: false,
    tilted: null,
  })
})

test('whatever items show is in the registry of fields', () => {
  const shown = [
    ...labels.flatMap((label) => [`relation.${label}`, `relation.${label}.latestForDiscovery`]),
    ...Object.values(VIRTUAL_RULES).flatMap((rules) => rules.map(({ field }) => field)),
  ]
  expect(shown.filter((field) => !fieldNames.includes(field))).toEqual([])
})

test('rules are about names that relationships have, and take values from fields that there are', () => {
  const rules = Object.values(VIRTUAL_RULES).flat()
  const named = [...Object.keys(VIRTUAL_RULES), ...rules.flatMap(({ via = [] }) => via)]
  expect(named.filter((label) => !labels.includes(label))).toEqual([])
  const sources = rules.flatMap(({ from }) => (from === 'uuid' ? [] : from))
  expect(sources.filter((field) => !fieldNames.includes(field))).toEqual([])
})
