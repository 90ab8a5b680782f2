import { replaceBody } from '../body/replace-body.ts'
import { NetworkError, TimeoutError } from '../errors.ts'
import { anySignal } from '../pipeline/any-signal.ts'
import type { Layer } from '../pipeline/layer.ts'

// No document of a provider is longer.
const maxBytes = 1024 * 1024

// An answer may take this many times the longest silence: one that trickles for ever is no answer.
const patience = 6

/** Reads answers to their end, within limits of time and length. */
export function withBoundedBody(): Layer {
  return (next) => async (request) => {
    const { method, url, timeoutMs } = request
    const target = { method, url: url.href }
    const deadline = timeoutMs === 0 ? undefined : AbortSignal.timeout(patience * timeoutMs)
    const signal = anySignal(request.signal, deadline)
    try {
      const response = await next({ ...request, signal })
      if (response.body === null) return response
      return replaceBody(response, await readWhole(response.body, target))
    } catch (error) {
      if (deadline?.aborted === true && error === deadline.reason) {
        throw new TimeoutError(target, patience * timeoutMs)
      }
      throw error
    }
  }
}

async function readWhole(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  target: { readonly method: string; readonly url: string },
): Promise<ArrayBuffer> {
  const reader = body.getReader()
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return new Blob(chunks).arrayBuffer()
    chunks.push(value)
    length += value.byteLength
    if (length <= maxBytes) continue
    await reader.cancel()
    throw new NetworkError(`${target.method} ${target.url} answers without end`, target, undefined)
  }
}
