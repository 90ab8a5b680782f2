import { createSecureContext, type SecureContext } from 'node:tls'
import type { FormData as KnownFormData, RequestInit } from 'undici'

/** What is believed and shown. Certificates are PEM, such as the content of a `.pem` file. */
export interface TlsOptions {
  /** Authorities that servers' certificates are believed from, in place of those of the system. */
  readonly ca?: string | readonly string[]
  /** What the client shows of itself. */
  readonly clientCertificate?: {
    /** With the certificates between it and the authority, if there are any. */
    readonly cert: string
    readonly key: string
    /** Of the key, when that is encrypted. */
    readonly passphrase?: string
  }
  /** `false` believes any server: whoever is between can read and change everything. */
  readonly verify?: boolean
}

/** A `fetch` with connections of its own. */
export type TlsFetch = typeof globalThis.fetch & AsyncDisposable & { readonly close: () => Promise<void> }

/**
 * A `fetch` that trusts an authority of one's own, shows a client certificate, or both.
 *
 * @example
 * const tls = { ca: await readFile('ca.pem', 'utf8'), clientCertificate: { cert, key } }
 * await using fetch = tlsFetch(tls)
 * const api = new RestClient('https://internal.example.org', { fetch })
 * @throws Error of `node:tls` for certificates and keys that are none
 */
export function tlsFetch({ ca, clientCertificate, verify = true }: TlsOptions): TlsFetch {
  const secureContext = createSecureContext({
    ...(ca !== undefined && { ca: [ca].flat() }),
    ...clientCertificate,
  })
  const opening = open({ secureContext, rejectUnauthorized: verify })
  const close = async () => (await opening).dispatcher.close()
  const send = async (input: string | URL, init: RequestInit = {}) => {
    const { fetch, dispatcher, FormData: KnownForm } = await opening
    const form = init.body instanceof globalThis.FormData && { body: copied(init.body, new KnownForm()) }
    return fetch(input, { ...init, ...form, dispatcher })
  }
  // The same standard twice: undici's types differ from those of Node's own copy of it in names only.
  return Object.assign(send as unknown as typeof globalThis.fetch, { close, [Symbol.asyncDispose]: close })
}

/** Node's own `FormData` is of another copy of undici, which this one does not know. */
function copied(form: FormData, copy: KnownFormData): KnownFormData {
  for (const [name, value] of form) copy.append(name, value)
  return copy
}

/** Loading undici takes a tenth of a second and memory, which those without certificates of their own are spared. */
async function open(connect: { secureContext: SecureContext; rejectUnauthorized: boolean }) {
  const { Agent, fetch, FormData } = await import('undici')
  // Silence is measured by the client.
  const dispatcher = new Agent({ connect, headersTimeout: 0, bodyTimeout: 0 })
  return { dispatcher, fetch, FormData }
}
