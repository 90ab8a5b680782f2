import type { Quad } from '@rdfjs/types'
import { uriOfPid, XSD, type Triple } from '@hexapla/repository'
import { RdfXmlParser } from 'rdfxml-streaming-parser'
import { malformedXml, type XmlDocument } from './read-xml.ts'

/**
 * Reads the relationships of an object in RDF/XML: what `relsExt` writes. Each is said of the object itself, as Fedora wants
 * it, and nothing in it is without a name.
 *
 * @throws HttpError 400 `malformed-xml`
 */
export async function readRelsExt({ text }: XmlDocument, pid: string): Promise<readonly Triple[]> {
  const subject = uriOfPid(pid)
  const triples: Triple[] = []
  for await (const quad of quadsOf(text)) {
    if (quad.subject.value !== subject) throw malformedXml(`describes ${quad.subject.value}, not ${subject}`)
    triples.push({ ...predicateOf(quad.predicate.value), ...objectOf(quad.object) })
  }
  return triples
}

async function* quadsOf(text: string): AsyncGenerator<Quad, void> {
  const parser = new RdfXmlParser()
  parser.end(text)
  try {
    for await (const quad of parser) yield quad as Quad
  } catch (cause) {
    throw malformedXml(`is no RDF: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

/** RDF knows the whole URI alone: its name is the longest end that XML can name an element by. */
function predicateOf(uri: string): Pick<Triple, 'namespace' | 'predicate'> {
  const predicate = /[\p{L}_][\p{L}\p{M}\p{N}._·-]*$/u.exec(uri)?.[0] ?? ''
  return { namespace: uri.slice(0, uri.length - predicate.length), predicate }
}

function objectOf(object: Quad['object']): Omit<Triple, 'namespace' | 'predicate'> {
  if (object.termType === 'NamedNode') {
    return { object: object.value, literal: false, datatype: null, language: null }
  }
  if (object.termType !== 'Literal') throw malformedXml('has something without a name in it')
  const { value, language, datatype } = object
  // RDF 1.1 Concepts section 3.3: a simple literal is a string, and one with a language has no other type.
  const isPlain = language !== '' || datatype.value === `${XSD}string`
  return {
    object: value,
    literal: true,
    datatype: isPlain ? null : datatype.value,
    language: language === '' ? null : language,
  }
}
