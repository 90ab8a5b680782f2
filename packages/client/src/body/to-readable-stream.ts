/**
 * A byte stream over any async iterable: pulls one chunk at a time, holds none back, and ends the iterable when the
 * reader goes away. A stream is handed back as it is.
 */
export function toReadableStream(
  chunks: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
): ReadableStream<Uint8Array> {
  if (chunks instanceof ReadableStream) return chunks
  const iterator = chunks[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next()
        if (done === true) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await iterator.return?.()
      },
    },
    { highWaterMark: 0 },
  )
}
