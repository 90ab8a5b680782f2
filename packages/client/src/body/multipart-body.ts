import { ClientError } from '../errors.ts'
import type { RequestBody } from './request-body.ts'

/** The file of a multipart body. */
export interface FilePart {
  readonly fieldName: string
  readonly name: string
  readonly type: string
  readonly size: number | undefined
  readonly open: () => ReadableStream<Uint8Array>
}

/**
 * A `multipart/form-data` body (RFC 7578) of plain fields and then one file, written while it is sent. The fields come
 * first, so that a server knows them when the file arrives.
 *
 * @throws {ClientError} `body_invalid` for a media type that is none.
 */
export function multipartBody(parts: {
  readonly fields: Readonly<Record<string, string>>
  readonly file: FilePart
}): RequestBody {
  const { fields, file } = parts
  if (!/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(\s*;[\t\x20-\x7e]*)?$/.test(file.type)) {
    throw new ClientError('body_invalid', `No media type: "${file.type}"`)
  }
  const boundary = `hexapla-${crypto.randomUUID()}`
  const encoder = new TextEncoder()
  const open = (name: string, rest: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${escape(name)}"${rest}\r\n\r\n`

  const plain = Object.entries(fields).map(([name, value]) => `${open(name, '')}${value}\r\n`)
  const fileHead = open(file.fieldName, `; filename="${escape(file.name)}"\r\nContent-Type: ${file.type}`)
  const head = encoder.encode(plain.join('') + fileHead)
  const tail = encoder.encode(`\r\n--${boundary}--\r\n`)

  return {
    replayable: false,
    contentType: `multipart/form-data; boundary=${boundary}`,
    ...(file.size === undefined ? {} : { length: head.byteLength + file.size + tail.byteLength }),
    open: () => enclosed(head, file.open(), tail),
  }
}

function enclosed(
  head: Uint8Array,
  file: ReadableStream<Uint8Array>,
  tail: Uint8Array,
): ReadableStream<Uint8Array> {
  const reader = file.getReader()
  return new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(head),
    async pull(controller) {
      const { done, value } = await reader.read()
      if (!done) return controller.enqueue(value)
      controller.enqueue(tail)
      return controller.close()
    },
    cancel: (reason: unknown) => reader.cancel(reason),
  })
}

// HTML standard, "multipart/form-data encoding algorithm": names are UTF-8 with these three escaped.
function escape(name: string): string {
  return name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22')
}
