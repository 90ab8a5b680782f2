import { fileTypeFromBuffer } from 'file-type'
import { UNKNOWN_FORMAT_ID, type BitstreamFormat } from '../../domain/records/record.ts'
import type { FormatStore } from '../../domain/registries/registry-store.ts'

/** What is known of a file when its format is looked for. */
export interface FormatClues {
  readonly name: string
  /** The media type that the sender declared; parameters do not matter. */
  readonly mimetype?: string | undefined
  /** The first bytes. */
  readonly head: Uint8Array
}

/** What senders declare that do not know. */
const NO_TYPE = 'application/octet-stream'
/** What a part of a form counts as whose sender declares nothing (RFC 7578 section 4.4). */
const PLAIN_TEXT = 'text/plain'

/**
 * The identifier of the registered format that fits a file: by what its sender declared, else by the extension of its
 * name, which is all that the original looks at, else by its first bytes. Plain text is believed last.
 */
export async function guessFormat(formats: Pick<FormatStore, 'guess'>, clues: FormatClues): Promise<number> {
  const declared = clues.mimetype?.split(';')[0]?.trim().toLowerCase()
  const isTelling = declared !== NO_TYPE && declared !== PLAIN_TEXT
  const told = known(await formats.guess(isTelling ? declared : undefined, extensionOf(clues.name)))
  if (told !== undefined) return told.id
  const shown = await guessFromBytes(formats, clues.head)
  if (shown !== undefined) return shown.id
  const isText = declared === PLAIN_TEXT && !clues.head.includes(0)
  return (isText ? await formats.guess(PLAIN_TEXT, undefined) : undefined)?.id ?? UNKNOWN_FORMAT_ID
}

/** Asks the registry once for each media type and extension. */
export function rememberGuesses(formats: Pick<FormatStore, 'guess'>): Pick<FormatStore, 'guess'> {
  const guesses = new Map<string, ReturnType<FormatStore['guess']>>()
  return {
    guess(mimetype, extension) {
      const clue = JSON.stringify([mimetype, extension])
      const known = guesses.get(clue) ?? formats.guess(mimetype, extension)
      guesses.set(clue, known)
      return known
    },
  }
}

async function guessFromBytes(
  formats: Pick<FormatStore, 'guess'>,
  head: Uint8Array,
): Promise<BitstreamFormat | undefined> {
  const recognised = await fileTypeFromBuffer(head)
  return recognised === undefined ? undefined : known(await formats.guess(recognised.mime, recognised.ext))
}

function known(format: BitstreamFormat | undefined): BitstreamFormat | undefined {
  return format?.id === UNKNOWN_FORMAT_ID ? undefined : format
}

/** What follows the last dot, lower case. */
function extensionOf(name: string): string | undefined {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  return name.includes('.') && extension !== '' ? extension : undefined
}
