import { invalid } from '../errors.ts'
import { isLiteralOf } from './is-literal-of.ts'
import { MODEL_NAMESPACE, type Triple } from './triple.ts'

// Namespaces in XML, section 2.
const NAME = /^[\p{L}_][\p{L}\p{M}\p{N}._·-]{0,254}$/u
// RFC 3986 section 4.3, with the characters of RFC 3987.
const ABSOLUTE_URI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`\p{C}]+$/u
// XML 1.0 section 2.2: RELS-EXT has no place for others.
const TEXT = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u
// BCP 47, by its shape.
const LANGUAGE = /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/
const LONGEST_URI = 2048
const LONGEST_TEXT = 65_536

/** Of predicates that say in RELS-EXT what belongs elsewhere (Fedora 3, "Digital Object Relationships"). */
const FOREIGN_NAMESPACES = ['http://purl.org/dc/elements/1.1/', 'info:fedora/fedora-system:def/foxml#']
/** The model namespace is Fedora's own: of its predicates, objects may have these. */
const MODEL_PREDICATES = ['hasModel', 'hasService', 'isDeploymentOf', 'isContractorOf']

/**
 * Refuses what cannot be said of an object.
 *
 * @throws DomainError `INVALID` with `field`
 */
export function requireTriple(triple: Triple): void {
  const { namespace, predicate, object, literal } = triple
  if (!isUri(namespace)) throw invalid(`The namespace ${namespace} is no absolute URI`, 'uri')
  if (!NAME.test(predicate)) throw invalid(`The predicate ${predicate} is no XML name`, 'predicate')
  if (
    FOREIGN_NAMESPACES.includes(namespace) ||
    (namespace === MODEL_NAMESPACE && !MODEL_PREDICATES.includes(predicate))
  ) {
    throw invalid(`${namespace}${predicate} is not a relationship`, 'predicate')
  }
  if (literal) requireLiteral(triple)
  else if (!isUri(object))
    throw invalid(`The object ${object} is neither a pid nor an absolute URI`, 'object')
}

function requireLiteral({ object, datatype, language }: Triple): void {
  if (object.length > LONGEST_TEXT) throw invalid('The object is longer than 65,536 characters', 'object')
  if (!TEXT.test(object)) throw invalid('The object has characters that XML does not know', 'object')
  if (language !== null && !LANGUAGE.test(language))
    throw invalid(`There is no language ${language}`, 'object')
  if (datatype === null) return
  if (!isUri(datatype)) throw invalid(`The datatype ${datatype} is no absolute URI`, 'datatype')
  if (!isLiteralOf(object, datatype)) throw invalid(`${object} is no ${datatype}`, 'object')
}

function isUri(text: string): boolean {
  return text.length <= LONGEST_URI && ABSOLUTE_URI.test(text)
}
