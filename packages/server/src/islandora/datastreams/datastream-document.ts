import { labelOf, type Datastream, type DatastreamVersion } from '@hexapla/repository'

/** A datastream's properties (document 004, "Describe A Existing Datastream"). */
export function datastreamDocument(datastream: Datastream) {
  return {
    dsid: datastream.dsid,
    label: labelOf(datastream.file),
    state: datastream.state,
    size: datastream.file.content.size,
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
export function versionDocument({ controlGroup }: Datastream, version: DatastreamVersion) {
  return {
    label: version.label,
    state: version.state,
    size: version.content.size,
    mimeType: version.mimetype,
    controlGroup,
    created: version.datedAt.toISOString(),
  }
}
