import { Readable } from 'node:stream'
import { OutsideError } from '../domain/outside-error.ts'
import { ImportError } from '../import/import-error.ts'
import type { Ask } from '../outside/fetch-outside.ts'
import { bytesOf, requireSuccess } from '../outside/read-answer.ts'

/** Milliseconds for a file. */
const PATIENCE = 6 * 60 * 60_000

/**
 * Begins to read files at addresses. They come as those of any other import do: what is wrong with them is an
 * `ImportError`, the fault of their record.
 */
export function openFile(ask: Ask, maxBytes: number, signal: AbortSignal | undefined) {
  return async (address: URL): Promise<Readable> => {
    const faulty = (error: unknown): unknown =>
      error instanceof OutsideError
        ? new ImportError('IMPORT_FILE_UNREADABLE', error.message, { file: address.href }, { cause: error })
        : error
    async function* content(response: Response): AsyncGenerator<Uint8Array, void, void> {
      try {
        yield* bytesOf(response, maxBytes, signal)
      } catch (error) {
        throw faulty(error)
      }
    }
    try {
      const response = await ask(address, { patience: PATIENCE, ...(signal && { signal }) })
      await requireSuccess(response)
      return Readable.from(content(response))
    } catch (error) {
      throw faulty(error)
    }
  }
}
