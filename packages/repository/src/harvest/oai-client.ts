import { setTimeout as sleep } from 'node:timers/promises'
import type { XmlElement } from '@rgrove/parse-xml'
import { invalidAnswer, OutsideError } from '../domain/outside-error.ts'
import { decodeXml } from '../outside/decode-xml.ts'
import type { Ask } from '../outside/fetch-outside.ts'
import { readAnswer } from '../outside/read-answer.ts'
import { childNamed, childrenNamed, qualifiedName } from '../xml/qualified-names.ts'

/** The namespace of OAI-PMH 2.0. */
export const OAI = 'http://www.openarchives.org/OAI/2.0/'

/** What a provider answered to one request. */
export interface OaiAnswer {
  readonly root: XmlElement
  /** What the offsets of `root` are in. */
  readonly text: string
  readonly answeredAt: Date
}

/** Whom to ask, and how patiently. */
export interface OaiRequestOptions {
  /** How often a provider that is busy is asked again (OAI-PMH section 3.1.2.2, Retry-After). */
  readonly retries: number
  /** Milliseconds for one exchange. */
  readonly patience: number
  readonly signal?: AbortSignal
}

/** A page of records is text: more than this is none. */
const MOST_BYTES = 32 * 1024 * 1024
const LONGEST_WAIT_MS = 5 * 60_000

/**
 * Asks an OAI-PMH provider.
 *
 * @param request.arguments what is asked for, by the names of section 4, `verb` among them; null ones are left out
 * @throws OutsideError `OAI_ERROR` with `data.conditions`, and all others
 * @throws the signal's reason
 */
export async function askProvider(
  ask: Ask,
  request: { readonly source: string; readonly arguments: Readonly<Record<string, string | null>> },
  options: OaiRequestOptions,
): Promise<OaiAnswer> {
  const address = new URL(request.source)
  for (const [name, value] of Object.entries(request.arguments)) {
    if (value !== null) address.searchParams.set(name, value)
  }
  const response = await askPatiently(ask, address, options)
  const { root, text } = decodeXml(await readAnswer(response, MOST_BYTES, options.signal))
  const name = qualifiedName(root)
  if (name.namespace !== OAI || name.local !== 'OAI-PMH') {
    throw invalidAnswer(`${address.host} answers with something else than OAI-PMH 2.0`)
  }
  requireNoConditions(root, address)
  return { root, text, answeredAt: momentOf(childNamed(root, OAI, 'responseDate')?.text) }
}

async function askPatiently(ask: Ask, address: URL, options: OaiRequestOptions): Promise<Response> {
  const { patience, retries, signal } = options
  for (let count = 0; ; count += 1) {
    const exchange = { accept: 'text/xml, application/xml', patience, ...(signal && { signal }) }
    const response = await ask(address, exchange)
    const isBusy = response.status === 503 || response.status === 429
    if (!isBusy || count >= retries) return response
    await response.body?.cancel()
    await sleep(waitOf(response.headers.get('retry-after'), count), undefined, signal && { signal }).catch(
      (error: unknown) => {
        signal?.throwIfAborted()
        throw error
      },
    )
  }
}

/** Seconds or a date (RFC 9110 section 10.2.3); without either, longer each time. */
function waitOf(retryAfter: string | null, count: number): number {
  const seconds = Number(retryAfter ?? Number.NaN)
  const wanted = Number.isNaN(seconds) ? Date.parse(retryAfter ?? '') - Date.now() : seconds * 1000
  return Math.min(LONGEST_WAIT_MS, Math.max(0, Number.isNaN(wanted) ? 1000 * 2 ** count : wanted))
}

function requireNoConditions(root: XmlElement, { host }: URL): void {
  const errors = childrenNamed(root, OAI, 'error')
  if (errors.length === 0) return
  const conditions = errors.map((error) => error.attributes['code'] ?? '')
  const told = errors.map((error) => `${error.attributes['code'] ?? ''} ${error.text.trim()}`.trim())
  throw new OutsideError('OAI_ERROR', `${host} answers ${told.join('; ')}`, { conditions })
}

/** Whether a failure is that the provider has nothing, or knows something not, as one condition says. */
export function isCondition(error: unknown, condition: string): boolean {
  if (!(error instanceof OutsideError) || error.code !== 'OAI_ERROR') return false
  return (error.data['conditions'] as readonly string[]).includes(condition)
}

/** `responseDate`; a provider that does not tell the time has ours. */
function momentOf(text: string | undefined): Date {
  const moment = new Date(text ?? '')
  return Number.isNaN(moment.getTime()) ? new Date() : moment
}
