import type { XmlElement } from '@rgrove/parse-xml'
import type { HarvestFormat } from '../domain/harvest/harvest.ts'
import { invalidAnswer } from '../domain/outside-error.ts'
import { childNamed, childrenNamed, elementsIn } from '../xml/qualified-names.ts'
import { crosswalk } from './crosswalks.ts'
import type { RecordPage, SourceRecord } from './harvest-source.ts'
import { OAI, type OaiAnswer } from './oai-client.ts'

/** Identifiers are URIs: longer ones than this are made to do harm, and no index takes them. */
const LONGEST_IDENTIFIER = 1000

/**
 * Reads an answer to ListRecords (OAI-PMH section 4.5).
 *
 * @throws OutsideError `OUTSIDE_INVALID`
 */
export function readRecords({ root, answeredAt }: OaiAnswer, format: HarvestFormat): RecordPage {
  const list = childNamed(root, OAI, 'ListRecords')
  if (list === undefined) throw invalidAnswer('The answer to ListRecords has no ListRecords')
  const resumption = childNamed(list, OAI, 'resumptionToken')
  const token = resumption?.text.trim() ?? ''
  const total = Number(resumption?.attributes['completeListSize'] ?? Number.NaN)
  return {
    records: childrenNamed(list, OAI, 'record').map((record) => readRecord(record, format)),
    token: token === '' ? null : token,
    answeredAt,
    total: Number.isSafeInteger(total) && total >= 0 ? total : null,
  }
}

function readRecord(record: XmlElement, format: HarvestFormat): SourceRecord {
  const header = childNamed(record, OAI, 'header')
  const oaiId = header === undefined ? '' : textOf(header, 'identifier')
  if (header === undefined || oaiId === '')
    return { kind: 'faulty', oaiId: '', message: 'it has no identifier' }
  if (oaiId.length > LONGEST_IDENTIFIER) {
    const shown = `${oaiId.slice(0, 60)}…`
    return { kind: 'faulty', oaiId: shown, message: 'its identifier is too long' }
  }
  if (header.attributes['status'] === 'deleted') return { kind: 'deleted', oaiId }
  const container = childNamed(record, OAI, 'metadata')
  const root = container === undefined ? undefined : elementsIn(container)[0]
  if (root === undefined) return { kind: 'faulty', oaiId, message: 'it has no metadata' }
  return {
    kind: 'record',
    oaiId,
    datestamp: textOf(header, 'datestamp'),
    metadata: crosswalk(format, root),
  }
}

function textOf(parent: XmlElement, name: string): string {
  return childNamed(parent, OAI, name)?.text.trim() ?? ''
}
