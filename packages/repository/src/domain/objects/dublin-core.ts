import type { Metadata } from '../metadata/metadata.ts'
import type { RepositoryObject } from './repository-object.ts'

/** The fifteen elements, in the order of the Dublin Core Metadata Element Set. */
export const DC_ELEMENTS = [
  'contributor',
  'coverage',
  'creator',
  'date',
  'description',
  'format',
  'identifier',
  'language',
  'publisher',
  'relation',
  'rights',
  'source',
  'subject',
  'title',
  'type',
] as const
export type DublinCoreElement = (typeof DC_ELEMENTS)[number]

/** Something said in one of the fifteen elements. */
export interface DublinCoreValue {
  readonly element: DublinCoreElement
  readonly value: string
}

/** Fields that are another element than their name says, or none: those that tell of the archive, not of the work. */
const ELEMENT_OF: Readonly<Record<string, DublinCoreElement | null>> = {
  'dc.contributor.author': 'creator',
  'dc.date.accessioned': null,
  'dc.date.available': null,
  'dc.description.provenance': null,
  'dcterms.temporal': 'coverage',
  'dcterms.spatial': 'coverage',
}

/**
 * An object's metadata as simple Dublin Core: qualified fields are their elements, the pid is an identifier too. Its way back
 * is `withDublinCore`.
 */
export function dublinCoreOf({
  pid,
  metadata,
}: Pick<RepositoryObject['record'], 'pid' | 'metadata'>): DublinCoreValue[] {
  return DC_ELEMENTS.flatMap((element) => {
    const own = element === 'identifier' ? [pid] : []
    const values = fieldsOf(metadata, element).flatMap((field) => metadata[field] ?? [])
    return [...own, ...values.map(({ value }) => value).filter(isTold)].map((value) => ({ element, value }))
  })
}

/** The fields of a record that are told as an element. */
export function fieldsOf(metadata: Metadata, element: DublinCoreElement): readonly string[] {
  return Object.keys(metadata).filter((field) => elementOf(field) === element)
}

/** Whether a value is one that Dublin Core tells: white space says nothing. */
export function isTold(value: string): boolean {
  return value.trim() !== ''
}

function elementOf(field: string): string | null {
  if (Object.hasOwn(ELEMENT_OF, field)) return ELEMENT_OF[field] ?? null
  const [schema, element = null] = field.split('.')
  return schema === 'dc' ? element : null
}
