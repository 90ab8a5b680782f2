import { HttpError, type FilePart, type MultipartPart, type RestRequest } from '@hexapla/rest'
import { declaredMd5 } from './content-md5.ts'
import { parseFileProperties, type FileProperties } from './file-properties.ts'

/** A file on its way in, as the use cases take it. */
export interface ArrivingFile {
  /** Nothing of the body is read before this is. */
  readonly source: AsyncIterable<Uint8Array>
  readonly maxBytes: number
  readonly declared: { readonly md5?: string }
  /** Reads the rest of the form: its properties may stand behind the file. */
  readonly trailer: () => Promise<FileProperties & { readonly name: string; readonly mimetype: string }>
}

/** What fields and part headers may add to a form beside its file, in bytes. */
const FORM_BYTES = 1024 * 1024

/**
 * Takes the file of a `multipart/form-data` body: the first one in the field `file`, with a JSON document in the field
 * `properties` before or behind it (RestContract bundles.md, "Bitstreams"). Further files are ignored.
 *
 * @param maxBytes the largest file that is taken
 * @param store stores the file; whatever its source and trailer throw is its failure too
 * @throws HttpError 413 `upload-too-large`, 400 `content-md5-malformed`, `file-missing`, 422 `properties-invalid`, and
 * those of `request.multipart` and `parseMetadata`
 */
export async function receiveFile<T>(
  request: RestRequest,
  maxBytes: number,
  store: (file: ArrivingFile) => Promise<T>,
): Promise<T> {
  const announced = Number(request.header('content-length') ?? 0)
  if (announced > maxBytes + FORM_BYTES) {
    throw new HttpError(413, 'upload-too-large', `Files of more than ${maxBytes} bytes are not taken`)
  }
  const md5 = declaredMd5(request)
  const declared = md5 === undefined ? {} : { md5 }
  const form = new UploadForm(request.multipart({ fields: 100, fieldBytes: FORM_BYTES }))
  try {
    return await store({ source: form.bytes(), maxBytes, declared, trailer: () => form.trailer() })
  } finally {
    await form.close()
  }
}

class UploadForm {
  readonly #parts: AsyncGenerator<MultipartPart, void, undefined>
  #file: FilePart | undefined
  #properties: FileProperties | undefined

  constructor(parts: AsyncGenerator<MultipartPart, void, undefined>) {
    this.#parts = parts
  }

  async *bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    this.#file = await this.#findFile()
    yield* this.#file.stream
  }

  async trailer(): Promise<FileProperties & { readonly name: string; readonly mimetype: string }> {
    for await (const part of this.#parts) this.#note(part)
    const properties = this.#properties ?? {}
    const name = properties.name ?? this.#file?.filename ?? ''
    // An empty file field of an HTML form has no name.
    if (name === '') throw fileMissing()
    return { ...properties, name, mimetype: this.#file?.type ?? '' }
  }

  async close(): Promise<void> {
    await this.#parts.return()
  }

  async #findFile(): Promise<FilePart> {
    for (let next = await this.#parts.next(); next.done !== true; next = await this.#parts.next()) {
      if (next.value.kind === 'file' && next.value.name === 'file') return next.value
      this.#note(next.value)
    }
    throw fileMissing()
  }

  #note(part: MultipartPart): void {
    if (part.kind === 'field' && part.name === 'properties') {
      this.#properties ??= parseFileProperties(part.value)
    }
  }
}

function fileMissing(): HttpError {
  return new HttpError(400, 'file-missing', 'The form has no file in the field file', {
    fields: [{ name: 'file', message: 'must be a file' }],
  })
}
