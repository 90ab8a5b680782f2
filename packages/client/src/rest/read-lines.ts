/**
 * The lines of a stream of UTF-8, without their line feeds, each handed over as soon as it is complete; what follows the
 * last line feed is the last line. The next chunk is read when all lines of the one before are taken, and the stream is
 * cancelled when the reader goes away.
 *
 * @param chunkSize bytes searched at a time; below 1 as many as arrive
 */
export async function* readLines(
  stream: ReadableStream<Uint8Array>,
  chunkSize: number,
): AsyncGenerator<string, void, undefined> {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      for (const piece of pieces(value, chunkSize)) {
        const [first = '', ...lines] = decoder.decode(piece, { stream: true }).split('\n')
        rest += first
        for (const line of lines) {
          yield rest
          rest = line
        }
      }
    }
    yield rest + decoder.decode()
  } finally {
    // After the end, or a failure, nothing is left to cancel.
    await reader.cancel().catch(() => undefined)
  }
}

function* pieces(chunk: Uint8Array, size: number): Generator<Uint8Array, void, undefined> {
  const step = size >= 1 ? size : chunk.byteLength
  for (let start = 0; start < chunk.byteLength; start += step) yield chunk.subarray(start, start + step)
}
