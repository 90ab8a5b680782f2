/**
 * A stream of the same bytes that fails with the signal's reason as soon as it aborts, and lets go of its source then.
 * A body of `fetch` needs it: undici goes on reading the body of a request that was aborted, to its end.
 */
export function abortableStream(
  source: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const reader = source.getReader()
  let abort = () => {}
  const ended = () => signal.removeEventListener('abort', abort)
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        abort = () => {
          controller.error(signal.reason)
          // A source that fails while it is closed has nothing to add to the abort.
          reader.cancel(signal.reason).catch(() => undefined)
        }
        if (signal.aborted) abort()
        else signal.addEventListener('abort', abort, { once: true })
      },
      async pull(controller) {
        // No race with a promise of the abort: that promise would keep every chunk for as long as it is pending.
        const { done, value } = await reader.read().catch((error: unknown) => {
          ended()
          throw error
        })
        if (signal.aborted) return undefined
        if (!done) return controller.enqueue(value)
        ended()
        return controller.close()
      },
      async cancel(reason: unknown) {
        ended()
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
