import { buffer } from 'node:stream/consumers'
import type { ControlGroup } from '../../domain/datastreams/datastream.ts'
import { holdsAddress } from '../../domain/datastreams/location.ts'
import { DomainError, invalid } from '../../domain/errors.ts'
import type { ContentStore, StagedContent } from '../../domain/files/content-store.ts'
import { declaredEncoding, parseStrictXml, StrictXmlError } from '../../xml/strict-xml.ts'

/** XML is read as a whole to see that it is well-formed. Larger documents are files, of the control group M. */
const MOST_INLINE_BYTES = 4 * 1024 * 1024

/**
 * Refuses a file that a datastream of its control group cannot hold: inline XML (`X`) must be well-formed, and what holds an
 * address (`E`, `R`) has no file.
 *
 * @throws DomainError `INVALID`, `TOO_LARGE`
 */
export async function requireFittingContent(
  contents: Pick<ContentStore, 'open'>,
  controlGroup: ControlGroup | undefined,
  staged: StagedContent,
): Promise<void> {
  if (controlGroup === undefined || controlGroup === 'M') return
  if (holdsAddress(controlGroup)) {
    throw invalid(`A datastream of the control group ${controlGroup} has a url and no file`, 'controlGroup')
  }
  if (staged.size > MOST_INLINE_BYTES) {
    const data = { maxBytes: MOST_INLINE_BYTES }
    throw new DomainError('TOO_LARGE', `Inline XML has at most ${MOST_INLINE_BYTES} bytes`, data)
  }
  requireXml(await buffer(await contents.open(staged)))
}

function requireXml(bytes: Buffer): void {
  const encoding = declaredEncoding(bytes)
  try {
    parseStrictXml(new TextDecoder(encoding, { fatal: true }).decode(bytes))
  } catch (error) {
    // Bytes that are not written in their encoding, and an encoding that there is not.
    if (error instanceof TypeError || error instanceof RangeError) {
      throw invalid(`The file is not written in ${encoding}`, 'file')
    }
    if (!(error instanceof StrictXmlError)) throw error
    throw invalid(`The file ${error.message}${error.line === null ? '' : ` (line ${error.line})`}`, 'file')
  }
}
