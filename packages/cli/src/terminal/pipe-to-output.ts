import { Writable } from 'node:stream'

/** Writes a stream to standard output as it comes. */
export async function pipeToOutput(stream: ReadableStream<Uint8Array>): Promise<void> {
  // Standard output stays open for whoever writes to it next.
  const out = new Writable({
    write: (chunk: Uint8Array, _encoding, done) => process.stdout.write(chunk, done),
  })
  await stream.pipeTo(Writable.toWeb(out))
}
