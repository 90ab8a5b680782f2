import type { Readable } from 'node:stream'
import { Busboy, type BusboyConfig, type BusboyInstance } from '@fastify/busboy'
import { HttpError } from '../http-error.ts'
import { BodyIntake, type IntakeOptions } from './body-intake.ts'
import { FileStream } from './file-stream.ts'

/** A field of a `multipart/form-data` body: a part without file name. */
export interface FieldPart {
  readonly kind: 'field'
  readonly name: string
  readonly value: string
  /** Media type without parameters, `text/plain` where the part names none. */
  readonly type: string
}

/** A file of a `multipart/form-data` body. Its bytes arrive as fast as `stream` is read, never faster. */
export interface FilePart {
  readonly kind: 'file'
  readonly name: string
  /** The last segment of the name that the caller gave, `''` when it gave none. */
  readonly filename: string
  readonly type: string
  readonly stream: Readable
}

export type MultipartPart = FieldPart | FilePart

/** Limits of a multipart body; sizes in bytes. Past any of them: 413. */
export interface MultipartLimits {
  /** Default 1000. */
  readonly fields?: number
  /** Size of one field's value. Default 1 MiB. */
  readonly fieldBytes?: number
  /** Default 1000. */
  readonly files?: number
  /** Size of one file. Default none. */
  readonly fileBytes?: number
}

/**
 * Parses a `multipart/form-data` body (RFC 7578) into its parts, in their order. A file that is not read is skipped
 * when the next part is asked for, or when its stream is destroyed.
 *
 * @throws HttpError 400 `malformed-multipart`, 413 `multipart-too-large`, and those of {@link BodyIntake}. While a
 * file is being read they are errors of its stream too.
 */
export async function* parseMultipart(
  body: IntakeOptions,
  contentType: string,
  limits: MultipartLimits = {},
): AsyncGenerator<MultipartPart, void, undefined> {
  const parts = new PartQueue(body, createParser(contentType, limits))
  try {
    for (let part = await parts.next(); part !== undefined; part = await parts.next()) {
      yield part
      if (part.kind === 'file') part.stream.destroy()
    }
  } finally {
    parts.close()
  }
}

function createParser(contentType: string, limits: MultipartLimits): BusboyInstance {
  const config: BusboyConfig = {
    headers: { 'content-type': contentType },
    fileHwm: 64 * 1024,
    limits: {
      fields: limits.fields ?? 1000,
      fieldSize: limits.fieldBytes ?? 1024 * 1024,
      files: limits.files ?? 1000,
      fileSize: limits.fileBytes,
      headerSize: 16 * 1024,
    },
  }
  try {
    return new Busboy(config)
  } catch (cause) {
    throw malformed(cause)
  }
}

function malformed(cause: unknown): HttpError {
  return new HttpError(400, 'malformed-multipart', 'the multipart body is malformed', { cause })
}

function tooLarge(what: string): HttpError {
  return new HttpError(413, 'multipart-too-large', `the multipart body has ${what}`)
}

class PartQueue {
  readonly #intake: BodyIntake
  readonly #parts: MultipartPart[] = []
  #file: FileStream | undefined
  #failure: Error | undefined
  #ended = false
  #wake: (() => void) | undefined

  constructor(body: IntakeOptions, parser: BusboyInstance) {
    this.#intake = new BodyIntake(body, {
      take: (chunk) => parser.write(chunk),
      end: () => parser.end(),
      fail: (error) => this.#fail(error),
      isBehind: () => parser.writableLength > 0,
    })
    parser.on('drain', () => this.#intake.resume())
    parser.on('field', (name, value, _nameTruncated, valueTruncated, _encoding, type) => {
      if (valueTruncated) this.#fail(tooLarge('a field that is too long'))
      else this.#add({ kind: 'field', name, value, type })
    })
    parser.on('file', (name, inner, filename, _encoding, type) => {
      const stream = new FileStream(inner)
      // A failure of the whole body is told by `next` too, so that a file without a reader is no uncaught error.
      stream.on('error', ignoreHere)
      inner.on('limit', () => this.#fail(tooLarge('a file that is too long')))
      this.#file = stream
      this.#add({ kind: 'file', name, filename, type, stream })
    })
    parser.on('fieldsLimit', () => this.#fail(tooLarge('too many fields')))
    parser.on('filesLimit', () => this.#fail(tooLarge('too many files')))
    parser.on('error', (cause: unknown) => this.#fail(malformed(cause)))
    parser.on('finish', () => {
      this.#ended = true
      this.#wake?.()
    })
    this.#intake.resume()
  }

  async next(): Promise<MultipartPart | undefined> {
    for (;;) {
      const part = this.#parts.shift()
      if (part !== undefined) return part
      if (this.#failure !== undefined) throw this.#failure
      if (this.#ended) return undefined
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  close(): void {
    if (!this.#ended) this.#fail(new Error('the parts of a multipart body were not read to their end'))
  }

  #add(part: MultipartPart): void {
    // The type says otherwise, but a part may lack its name; RFC 7578 section 4.2 demands one.
    if (typeof part.name === 'string') this.#parts.push(part)
    else this.#fail(malformed(new Error('a part without name')))
    this.#wake?.()
  }

  #fail(error: Error): void {
    if (this.#failure !== undefined) return
    this.#failure = error
    this.#intake.stop()
    this.#parts.length = 0
    if (this.#file?.complete === false) this.#file.destroy(error)
    this.#wake?.()
  }
}

function ignoreHere(): void {}
