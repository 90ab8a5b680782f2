/** What is told while a watched stream is read; `chunk` and `ended` may throw to end it with that error. */
export interface StreamWatch {
  /** A chunk is about to be read from the source. */
  readonly reading?: () => void
  /** A chunk came and is handed on. */
  readonly chunk?: (bytes: number) => void
  /** The source ended properly. */
  readonly ended?: () => void
  /** The reader went away. */
  readonly cancelled?: () => void
  /** The source failed; what it returns becomes the stream's error. */
  readonly failed?: (error: unknown) => unknown
}

/** A stream of the same bytes, one chunk read for each one asked for, that tells `watch` of what happens. */
export function watchStream(
  source: ReadableStream<Uint8Array>,
  watch: StreamWatch,
): ReadableStream<Uint8Array> {
  const reader = source.getReader()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        watch.reading?.()
        const result = await reader.read().catch((error: unknown) => {
          throw watch.failed === undefined ? error : watch.failed(error)
        })
        if (result.done) {
          watch.ended?.()
          controller.close()
          return
        }
        try {
          watch.chunk?.(result.value.byteLength)
        } catch (error) {
          await reader.cancel(error)
          throw error
        }
        controller.enqueue(result.value)
      },
      async cancel(reason: unknown) {
        watch.cancelled?.()
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
