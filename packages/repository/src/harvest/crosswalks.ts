import type { XmlElement } from '@rgrove/parse-xml'
import type { HarvestFormat } from '../domain/harvest/harvest.ts'
import { metadataValue, type Metadata } from '../domain/metadata/metadata.ts'
import { createMetadataBuilder } from '../import/metadata-builder.ts'
import { elementsIn, qualifiedName, resolve } from '../xml/qualified-names.ts'

const DC = 'http://purl.org/dc/elements/1.1/'
const DCTERMS = 'http://purl.org/dc/terms/'
const DIM = 'http://www.dspace.org/xmlns/dspace/dim'
const XSI = 'http://www.w3.org/2001/XMLSchema-instance'

/** Fields whose values are the source's own affair: when it took a record in, and who did. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['dc.date.accessioned', 'dc.description.provenance'])

/**
 * What a record's metadata are here, as the original's crosswalks OAIDCIngestionCrosswalk, QDCCrosswalk and
 * DIMIngestionCrosswalk have it. Elements of other vocabularies are passed over, empty ones too.
 *
 * @param root what stands in the record's `metadata`
 */
export function crosswalk(format: HarvestFormat, root: XmlElement): Metadata {
  const metadata = createMetadataBuilder()
  for (const element of elementsIn(root)) {
    const field = FIELD_OF[format](element)
    const value = element.text.trim()
    if (field === undefined || OWN_FIELDS.has(field) || value === '') continue
    metadata.add(field, metadataValue(value, languageOf(element)))
  }
  return metadata.build()
}

const FIELD_OF: Readonly<Record<HarvestFormat, (element: XmlElement) => string | undefined>> = {
  dc: simpleField,
  qdc: qualifiedField,
  dim: dimField,
}

function simpleField(element: XmlElement): string | undefined {
  const { namespace, local } = qualifiedName(element)
  return namespace === DC ? `dc.${local}` : undefined
}

function qualifiedField(element: XmlElement): string | undefined {
  const { namespace, local } = qualifiedName(element)
  if (namespace === DCTERMS) return TERMS.get(local) ?? `dcterms.${local}`
  if (namespace !== DC) return undefined
  return `dc.${SCHEMES.get(`${local} ${schemeOf(element)}`) ?? local}`
}

function dimField(element: XmlElement): string | undefined {
  const { namespace, local } = qualifiedName(element)
  if (namespace !== DIM || local !== 'field') return undefined
  const { mdschema = '', element: name = '', qualifier = '' } = element.attributes
  const parts = [mdschema, name, ...(qualifier === '' || qualifier === 'none' ? [] : [qualifier])]
  return parts.join('.')
}

/** The vocabulary encoding scheme of a value, as `xsi:type` or, as older providers have it, `type` names it. */
function schemeOf(element: XmlElement): string {
  const [, written = ''] =
    Object.entries(element.attributes).find(
      ([name]) => name === 'type' || (name.endsWith(':type') && resolve(element, name).namespace === XSI),
    ) ?? []
  return resolve(element, written).local
}

function languageOf({ attributes }: XmlElement): string | null {
  const language = (attributes['xml:lang'] ?? attributes['lang'] ?? '').trim()
  return language === '' ? null : language
}

/** Fields of `dc` that terms of Dublin Core stand for (the original's crosswalks/QDC.properties). */
const TERMS: ReadonlyMap<string, string> = new Map([
  ['abstract', 'dc.description.abstract'],
  ['alternative', 'dc.title.alternative'],
  ['available', 'dc.date.available'],
  ['bibliographicCitation', 'dc.identifier.citation'],
  ['created', 'dc.date.created'],
  ['dateAccepted', 'dc.date.accessioned'],
  ['dateCopyrighted', 'dc.date.copyright'],
  ['dateSubmitted', 'dc.date.submitted'],
  ['extent', 'dc.format.extent'],
  ['hasPart', 'dc.relation.haspart'],
  ['hasVersion', 'dc.relation.hasversion'],
  ['isFormatOf', 'dc.relation.isformatof'],
  ['isPartOf', 'dc.relation.ispartof'],
  ['isReferencedBy', 'dc.relation.isreferencedby'],
  ['isReplacedBy', 'dc.relation.isreplacedby'],
  ['isVersionOf', 'dc.relation.isversionof'],
  ['issued', 'dc.date.issued'],
  ['medium', 'dc.format.medium'],
  ['replaces', 'dc.relation.replaces'],
  ['requires', 'dc.relation.requires'],
  ['spatial', 'dc.coverage.spatial'],
  ['tableOfContents', 'dc.description.tableofcontents'],
  ['temporal', 'dc.coverage.temporal'],
])

/** Elements with an encoding scheme, and the field of `dc` that they stand for. */
const SCHEMES: ReadonlyMap<string, string> = new Map([
  ['description URI', 'description.uri'],
  ['identifier URI', 'identifier.uri'],
  ['language ISO639-2', 'language.iso'],
  ['relation URI', 'relation.uri'],
  ['rights URI', 'rights.uri'],
  ['source URI', 'source.uri'],
  ['subject DDC', 'subject.ddc'],
  ['subject LCC', 'subject.lcc'],
  ['subject LCSH', 'subject.lcsh'],
  ['subject MESH', 'subject.mesh'],
])
