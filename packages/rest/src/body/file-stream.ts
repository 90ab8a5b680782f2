import { Readable } from 'node:stream'

/**
 * The bytes of one file of a multipart body. The parser raises errors of its own making on its streams; readers get
 * this one, which fails only as the body does. Destroying it skips the rest of the file.
 */
export class FileStream extends Readable {
  readonly #inner: Readable
  #complete = false

  constructor(inner: Readable) {
    super()
    this.#inner = inner
    inner.on('error', ignoreHere)
    inner.on('data', (chunk: Buffer) => {
      if (!this.destroyed && !this.push(chunk)) inner.pause()
    })
    inner.on('end', () => {
      this.#complete = true
      this.push(null)
    })
    inner.pause()
  }

  /** All of the file has arrived, read or not. */
  get complete(): boolean {
    return this.#complete
  }

  override _read(): void {
    this.#inner.resume()
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    // The parser goes on to the next part only past the end of this one.
    this.#inner.resume()
    callback(error)
  }
}

function ignoreHere(): void {}
