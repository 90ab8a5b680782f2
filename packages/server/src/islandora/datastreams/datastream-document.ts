import { holdsAddress, labelOf, type Datastream, type DatastreamVersion } from '@hexapla/repository'

/** A datastream's properties (document 004, "Describe A Existing Datastream"). */
export function datastreamDocument(datastream: Datastream) {
  return {
    dsid: datastream.dsid,
    label: labelOf(datastream.file),
    state: datastream.state,
    size: sizeOf(datastream, datastream.file.content),
    mimeType: datastream.mimetype,
    controlGroup: datastream.controlGroup,
    created: datastream.datedAt.toISOString(),
    versionable: datastream.versionable,
    checksumType: datastream.checksumType,
    checksum: datastream.checksum ?? 'none',
    versions: datastream.versions.map((version) => versionDocument(datastream, version)),
  }
}

/** What is told of a former content. */
export function versionDocument(datastream: Datastream, version: DatastreamVersion) {
  return {
    label: version.label,
    state: version.state,
    size: sizeOf(datastream, version.content),
    mimeType: version.mimetype,
    controlGroup: datastream.controlGroup,
    created: version.datedAt.toISOString(),
  }
}

/** What is elsewhere is of a size that nobody knows here: Fedora says 0. */
function sizeOf({ controlGroup }: Datastream, { size }: { readonly size: number }): number {
  return holdsAddress(controlGroup) ? 0 : size
}
