/**
 * A source's chunks, which end with the signal's reason once it is aborted, also while the source is silent. The source is closed
 * when reading ends early.
 */
export function readSource(
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncIterable<Uint8Array> {
  return signal === undefined ? source : readUntilAborted(source, signal)
}

async function* readUntilAborted(
  source: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const iterator = source[Symbol.asyncIterator]()
  let interrupt: ((reason: unknown) => void) | undefined
  const onAbort = (): void => interrupt?.(signal.reason)
  signal.addEventListener('abort', onAbort)
  // One promise a chunk: racing each against one long-lived promise would collect a reaction a chunk on that.
  const next = (): Promise<IteratorResult<Uint8Array>> =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted()
      interrupt = reject
      iterator.next().then(resolve, reject)
    })
  let ended = false
  try {
    for (let result = await next(); result.done !== true; result = await next()) yield result.value
    ended = true
  } finally {
    signal.removeEventListener('abort', onAbort)
    if (!ended) close(source, iterator)
  }
}

/** Not awaited: a generator that waits for its next chunk returns only after it, which may be never. */
function close(source: AsyncIterable<Uint8Array>, iterator: AsyncIterator<Uint8Array>): void {
  if ('destroy' in source && typeof source.destroy === 'function') source.destroy()
  else iterator.return?.().catch(() => undefined)
}
