import type { FormatStore } from '../../domain/registries/registry-store.ts'
import type { BitstreamFormat } from '../../domain/records/record.ts'
import type { Announcements } from '../announcements.ts'
import { memory } from '../memory.ts'

/** Senders make up media types and extensions; longer ones are not remembered. */
const LONGEST_CLUE = 200

/**
 * Guesses formats, and remembers until a format changes which one a media type and an extension led to. Another process may have
 * changed it some milliseconds ago: whoever writes down a format that is gone asks again.
 */
export function watchFormats(
  announcements: Announcements,
  formats: Pick<FormatStore, 'guess'>,
): Pick<FormatStore, 'guess'> {
  const guesses = memory<BitstreamFormat | undefined>(() => announcements.isCurrent())
  announcements.on('hexapla_formats', () => guesses.forget())
  return {
    guess(mimetype, extension) {
      const clue = JSON.stringify([mimetype, extension])
      const read = () => formats.guess(mimetype, extension)
      return clue.length > LONGEST_CLUE ? read() : guesses.get(clue, read)
    },
  }
}
