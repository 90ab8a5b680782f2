import { invalidAnswer, OutsideError } from '../domain/outside-error.ts'
import type { Ask } from '../outside/fetch-outside.ts'
import { readAnswer } from '../outside/read-answer.ts'

/** Somebody waits for the answer. */
const PATIENCE = 15_000
const MOST_BYTES = 8 * 1024 * 1024

/**
 * Asks a metadata service.
 *
 * @returns undefined when it has no such thing: 404, or 410
 * @throws OutsideError, and the signal's reason
 */
export async function askService(
  ask: Ask,
  address: URL,
  { accept, signal }: { readonly accept: string; readonly signal: AbortSignal | undefined },
): Promise<Buffer | undefined> {
  const response = await ask(address, { accept, patience: PATIENCE, ...(signal && { signal }) })
  try {
    return await readAnswer(response, MOST_BYTES, signal)
  } catch (error) {
    const isGone = error instanceof OutsideError && [404, 410].includes(Number(error.data['status']))
    if (isGone) return undefined
    throw error
  }
}

/** The same of a service that answers in JSON; see `json-shape.ts` for what to do with it. */
export async function askForJson(ask: Ask, address: URL, signal: AbortSignal | undefined): Promise<unknown> {
  const bytes = await askService(ask, address, { accept: 'application/json', signal })
  if (bytes === undefined) return undefined
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (cause) {
    throw invalidAnswer(`${address.host} answers with something else than JSON`, { cause })
  }
}
