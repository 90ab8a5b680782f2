import { writeFile } from 'node:fs/promises'
import { crc32, deflateRawSync } from 'node:zlib'

/** An entry as a test wants it, also as no honest program would write it. */
export interface ZipEntry {
  readonly name: string
  readonly content: string | Buffer
  readonly deflate?: boolean
  /** Claims encryption. */
  readonly encrypted?: boolean
  /** Keeps sizes and offset in ZIP64 fields. */
  readonly zip64?: boolean
  /** Claims another compression method. */
  readonly method?: number
  /** Claims another checksum. */
  readonly crc?: number
  /** Claims another size of the content. */
  readonly size?: number
}

/** Writes a ZIP archive after PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16, and 4.5.3 for ZIP64. */
export async function writeZip(path: string, entries: readonly ZipEntry[]): Promise<void> {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const content = Buffer.from(entry.content)
    const data = entry.deflate === true ? deflateRawSync(content) : content
    const local = localHeader(entry, content, data)
    locals.push(local, data)
    centrals.push(centralHeader(entry, content, data, offset))
    offset += local.length + data.length
  }
  const central = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  await writeFile(path, Buffer.concat([...locals, central, end]))
}

function common(entry: ZipEntry, content: Buffer, data: Buffer): Buffer {
  const fields = Buffer.alloc(22)
  fields.writeUInt16LE(entry.zip64 === true ? 45 : 20, 0)
  fields.writeUInt16LE(0x800 | (entry.encrypted === true ? 1 : 0), 2)
  fields.writeUInt16LE(entry.method ?? (entry.deflate === true ? 8 : 0), 4)
  fields.writeUInt32LE(entry.crc ?? crc32(content), 10)
  fields.writeUInt32LE(entry.zip64 === true ? 0xffffffff : data.length, 14)
  fields.writeUInt32LE(entry.zip64 === true ? 0xffffffff : (entry.size ?? content.length), 18)
  return fields
}

function zip64Extra(entry: ZipEntry, content: Buffer, data: Buffer, offset?: number): Buffer {
  if (entry.zip64 !== true) return Buffer.alloc(0)
  const sizes = [content.length, data.length, ...(offset === undefined ? [] : [offset])]
  const extra = Buffer.alloc(4 + sizes.length * 8)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(sizes.length * 8, 2)
  for (const [index, size] of sizes.entries()) extra.writeBigUInt64LE(BigInt(size), 4 + index * 8)
  return extra
}

function localHeader(entry: ZipEntry, content: Buffer, data: Buffer): Buffer {
  const name = Buffer.from(entry.name)
  const extra = zip64Extra(entry, content, data)
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  common(entry, content, data).copy(head, 4)
  head.writeUInt16LE(name.length, 26)
  head.writeUInt16LE(extra.length, 28)
  return Buffer.concat([head, name, extra])
}

function centralHeader(entry: ZipEntry, content: Buffer, data: Buffer, offset: number): Buffer {
  const name = Buffer.from(entry.name)
  const extra = zip64Extra(entry, content, data, offset)
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE(45, 4)
  common(entry, content, data).copy(head, 6)
  head.writeUInt16LE(name.length, 28)
  head.writeUInt16LE(extra.length, 30)
  head.writeUInt32LE(entry.zip64 === true ? 0xffffffff : offset, 42)
  return Buffer.concat([head, name, extra])
}
