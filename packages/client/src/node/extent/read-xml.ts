import { gpx, kml } from '@tmcw/togeojson'
import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom'
import { ClientError } from '../../errors.ts'

/**
 * Reads KML or GPX.
 *
 * @throws {ClientError} `file_unsupported`
 */
export function readXml(text: string): unknown {
  const document = new DOMParser({ onError: onErrorStopParsing }).parseFromString(text, 'text/xml')
  const root = document.documentElement?.localName
  if (root === 'kml') return kml(document)
  if (root === 'gpx') return gpx(document)
  throw new ClientError('file_unsupported', 'This XML is neither KML nor GPX')
}
