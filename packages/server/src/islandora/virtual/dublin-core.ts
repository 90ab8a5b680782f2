import type { Metadata, SeenObject } from '@hexapla/repository'
import { append, newDocument, serialize } from './write-xml.ts'

const OAI_DC = 'http://www.openarchives.org/OAI/2.0/oai_dc/'
const DC = 'http://purl.org/dc/elements/1.1/'

/** The fifteen elements, in the order of the Dublin Core Metadata Element Set. */
const ELEMENTS = [
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

/** Fields that are another element than their name says, or none: those that tell of the archive, not of the work. */
const ELEMENT_OF: Readonly<Record<string, string | null>> = {
  'dc.contributor.author': 'creator',
  'dc.date.accessioned': null,
  'dc.date.available': null,
  'dc.description.provenance': null,
  'dcterms.temporal': 'coverage',
  'dcterms.spatial': 'coverage',
}

/** An object's metadata as simple Dublin Core: qualified fields are their elements, the pid is an identifier too. */
export function dublinCore({ record }: Pick<SeenObject, 'record'>): string {
  const { document, root } = newDocument(OAI_DC, 'oai_dc:dc')
  for (const element of ELEMENTS) {
    const own = element === 'identifier' ? [record.pid] : []
    for (const value of [...own, ...valuesOf(record.metadata, element)]) {
      append(root, DC, `dc:${element}`, value)
    }
  }
  return serialize(document)
}

function valuesOf(metadata: Metadata, element: string): string[] {
  return Object.entries(metadata)
    .filter(([field]) => elementOf(field) === element)
    .flatMap(([, values]) => values.map(({ value }) => value))
}

function elementOf(field: string): string | null {
  const [schema, element = null] = field.split('.')
  return ELEMENT_OF[field] ?? (schema === 'dc' && !(field in ELEMENT_OF) ? element : null)
}
