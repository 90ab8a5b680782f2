import { invalid } from '../../domain/errors.ts'
import type { BitstreamFormat } from '../../domain/records/record.ts'

type FormatProperties = Omit<BitstreamFormat, 'id'>

/**
 * A bitstream format as it is kept: extensions in lower case and without dots, each once.
 *
 * @throws DomainError `INVALID` with `field` when short description or media type is missing
 */
export function normalFormat(format: FormatProperties): FormatProperties {
  const shortDescription = format.shortDescription.trim()
  if (shortDescription === '') throw invalid('A format needs a short description', 'shortDescription')
  const mimetype = format.mimetype.trim()
  if (mimetype === '') throw invalid('A format needs a media type', 'mimetype')
  const extensions = format.extensions.map((extension) => extension.trim().replace(/^\./, '').toLowerCase())
  return {
    shortDescription,
    description: format.description,
    mimetype,
    supportLevel: format.supportLevel,
    internal: format.internal,
    extensions: [...new Set(extensions)].filter((extension) => extension !== ''),
  }
}
