/** How a provider is asked. */
export interface FetchOptions {
  readonly fetch: typeof fetch
  readonly timeoutMs: number
}

// The largest discovery documents and key sets in use have some tens of kilobytes.
const MAX_BYTES = 1024 * 1024

/**
 * The JSON object at an address. Redirects are not followed: whoever is trusted is named.
 *
 * @throws Error when there is none in time, or what comes is none
 */
export async function fetchJson(url: string, options: FetchOptions): Promise<Record<string, unknown>> {
  const response = await options.fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(options.timeoutMs),
  })
  if (response.status !== 200) {
    await response.body?.cancel()
    throw new Error(`${url} answered ${response.status}`)
  }
  const document: unknown = JSON.parse(await readText(url, response))
  if (typeof document !== 'object' || document === null) throw new Error(`${url} answered no JSON object`)
  return document as Record<string, unknown>
}

async function readText(url: string, response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength
    if (length > MAX_BYTES) throw new Error(`${url} answered more than ${MAX_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
