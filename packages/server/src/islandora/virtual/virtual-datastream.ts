import { hash } from 'node:crypto'
import { Readable } from 'node:stream'
import { VIRTUAL_DSIDS, type SeenObject, type VirtualDsid } from '@hexapla/repository'
import type { SendableContent } from '@hexapla/rest'
import { dublinCore } from './dublin-core.ts'
import { relsExt } from './rels-ext.ts'

interface VirtualKind {
  readonly label: string
  readonly mimeType: string
  readonly write: (object: SeenObject) => string
}

/** They are written from an object's metadata and relationships whenever they are read. */
const KINDS: Readonly<Record<VirtualDsid, VirtualKind>> = {
  DC: { label: 'Dublin Core Record for this object', mimeType: 'text/xml', write: dublinCore },
  'RELS-EXT': {
    label: 'Fedora Object to Object Relationship Metadata.',
    mimeType: 'application/rdf+xml',
    write: relsExt,
  },
}

/** The properties of all of them. They are as old as the object's last change, and have no former contents. */
export function virtualDocuments(object: SeenObject) {
  return VIRTUAL_DSIDS.map((dsid) => virtualDocument(object, dsid))
}

/** The properties of one. */
export function virtualDocument(object: SeenObject, dsid: VirtualDsid) {
  const { label, mimeType } = KINDS[dsid]
  return {
    dsid,
    label,
    state: 'A',
    size: bytesOf(object, dsid).length,
    mimeType,
    controlGroup: 'X',
    created: object.record.modifiedAt.toISOString(),
    versionable: false,
    checksumType: 'DISABLED',
    checksum: 'none',
    versions: [],
  }
}

/** What one holds. Collections may come and go without a change of the object, so there is a tag and no date. */
export function virtualContent(object: SeenObject, dsid: VirtualDsid): SendableContent {
  const bytes = bytesOf(object, dsid)
  return {
    size: bytes.length,
    type: KINDS[dsid].mimeType,
    etag: `"${hash('sha256', bytes, 'base64url')}"`,
    disposition: { type: 'attachment', filename: `${dsid}.xml` },
    open: (range) =>
      Readable.from([range === undefined ? bytes : bytes.subarray(range.start, range.end + 1)]),
  }
}

function bytesOf(object: SeenObject, dsid: VirtualDsid): Buffer {
  return Buffer.from(KINDS[dsid].write(object))
}
