import { Readable } from 'node:stream'
import type { XmlElement } from '@rgrove/parse-xml'
import { invalidAnswer } from '../domain/outside-error.ts'
import type { ImportFile } from '../import/import-item.ts'
import { childNamed, childrenNamed, namespacesAround, resolve } from '../xml/qualified-names.ts'
import type { ResourceMap } from './harvest-source.ts'
import { OAI, type OaiAnswer } from './oai-client.ts'

/** The namespace of resource maps in Atom, by which providers are asked for them. */
export const ATOM = 'http://www.w3.org/2005/Atom'
const AGGREGATES = 'http://www.openarchives.org/ore/terms/aggregates'
const ORE_ATOM = 'http://www.openarchives.org/ore/atom/'
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const DCTERMS = 'http://purl.org/dc/terms/'
const DSPACE_BITSTREAM = 'http://www.dspace.org/objectModel/DSpaceBitstream'

/**
 * Reads an answer to GetRecord for the resource map of a record (OAI-ORE in Atom, as OREIngestionCrosswalk of the
 * original takes it): its aggregated resources are files, in the bundles that DSpace names beside them.
 *
 * @param open begins to read the content at an address
 * @throws OutsideError `OUTSIDE_INVALID`
 */
export function readResourceMap(
  { root, text }: OaiAnswer,
  open: (address: URL) => Promise<Readable>,
): ResourceMap {
  const record = childNamed(childNamed(root, OAI, 'GetRecord') ?? root, OAI, 'record')
  const container = record === undefined ? undefined : childNamed(record, OAI, 'metadata')
  const entry = container === undefined ? undefined : childNamed(container, ATOM, 'entry')
  if (entry === undefined) throw invalidAnswer('The answer to GetRecord has no entry of Atom')
  const bundles = bundlesIn(entry)
  const links = childrenNamed(entry, ATOM, 'link').filter(
    ({ attributes }) => attributes['rel'] === AGGREGATES,
  )
  const xml = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${standalone(entry, text)}\n`)
  return {
    map: {
      ...PLAIN,
      name: 'ORE.xml',
      bundle: 'ORE',
      mimetype: 'text/xml',
      size: xml.length,
      open: () => Promise.resolve(Readable.from([xml])),
    },
    files: links.map(({ attributes }) => fileOf(attributes, bundles, open)),
  }
}

const PLAIN = { description: null, metadata: {}, permissions: [], primary: false } as const

function fileOf(
  link: XmlElement['attributes'],
  bundles: ReadonlyMap<string, string>,
  open: (address: URL) => Promise<Readable>,
): ImportFile {
  const address = URL.parse(link['href'] ?? '')
  if (address === null) throw invalidAnswer(`The resource map has a file at ${link['href'] ?? 'no address'}`)
  const title = link['title']?.trim() ?? ''
  const length = Number(link['length'] ?? Number.NaN)
  return {
    ...PLAIN,
    name: title === '' ? lastStep(address) : title,
    bundle: bundles.get(address.href) ?? 'ORIGINAL',
    mimetype: link['type'] ?? null,
    size: Number.isSafeInteger(length) && length >= 0 ? length : 0,
    open: () => open(address),
  }
}

function lastStep({ pathname, host }: URL): string {
  const step = pathname.slice(pathname.lastIndexOf('/') + 1)
  if (step === '') return host
  try {
    return decodeURIComponent(step)
  } catch {
    // A percent sign that encodes nothing is meant as one.
    return step
  }
}

/** The bundles that a DSpace at the other end says of its files, by their addresses. */
function bundlesIn(entry: XmlElement): ReadonlyMap<string, string> {
  const triples = childNamed(entry, ORE_ATOM, 'triples')
  const descriptions = triples === undefined ? [] : childrenNamed(triples, RDF, 'Description')
  const found = new Map<string, string>()
  for (const description of descriptions) {
    const about = URL.parse(inRdf(description, 'about') ?? '')?.href
    const bundle = childNamed(description, DCTERMS, 'description')?.text.trim() ?? ''
    const isFile = childrenNamed(description, RDF, 'type').some(
      (type) => inRdf(type, 'resource') === DSPACE_BITSTREAM,
    )
    if (about !== undefined && isFile && bundle !== '') found.set(about, bundle)
  }
  return found
}

function inRdf(element: XmlElement, local: string): string | undefined {
  const found = Object.entries(element.attributes).find(([name]) => {
    const resolved = resolve(element, name)
    return name.includes(':') && resolved.namespace === RDF && resolved.local === local
  })
  return found?.[1]
}

/** The text of an element with the namespaces that were declared around it. */
function standalone(element: XmlElement, text: string): string {
  const written = text.slice(element.start, element.end)
  const declared = [...namespacesAround(element)]
    .map(([prefix, namespace]) => [prefix === '' ? 'xmlns' : `xmlns:${prefix}`, namespace] as const)
    .filter(([name]) => !Object.hasOwn(element.attributes, name))
    .map(([name, namespace]) => ` ${name}="${escaped(namespace)}"`)
  const behindName = element.name.length + 1
  return written.slice(0, behindName) + declared.join('') + written.slice(behindName)
}

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
