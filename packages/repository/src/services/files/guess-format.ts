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

/** Says nothing: what senders declare that do not know. */
const NO_TYPE = 'application/octet-stream'

/**
 * The identifier of the registered format that fits a file: by what its sender declared, else by the extension of its
 * name, which is all that the original looks at, else by its first bytes.
 */
export async function guessFormat(formats: Pick<FormatStore, 'guess'>, clues: FormatClues): Promise<number> {
  const declared = clues.mimetype?.split(';')[0]?.trim().toLowerCase()
  const extension = extensionOf(clues.name)
  const told = known(await formats.guess(declared === NO_TYPE ? undefined : declared, extension))
  if (told !== undefined) return told.id
  const recognised = await fileTypeFromBuffer(clues.head)
  if (recognised === undefined) return UNKNOWN_FORMAT_ID
  const shown = await formats.guess(recognised.mime, recognised.ext)
  return shown?.id ?? UNKNOWN_FORMAT_ID
}

function known(format: BitstreamFormat | undefined): BitstreamFormat | undefined {
  return format?.id === UNKNOWN_FORMAT_ID ? undefined : format
}

/** What follows the last dot, lower case. */
function extensionOf(name: string): string | undefined {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  return name.includes('.') && extension !== '' ? extension : undefined
}
