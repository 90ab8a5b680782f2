import {
  CHECKSUM_TYPES,
  CONTROL_GROUPS,
  OBJECT_STATES,
  type DatastreamChange,
  type NewDatastream,
} from '@hexapla/repository'
import type { FilePart } from '@hexapla/rest'
import { booleanField, choiceField, invalidField, textField, type Fields } from '../http/fields.ts'

// RFC 6838 section 4.2; parameters in what a header can hold.
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?: *;[ -~]*)?$/

/**
 * What is said of a new datastream (document 004, "Create A New Datastream").
 *
 * @throws HttpError 400 `field-invalid`
 */
export function newDatastream(fields: Fields, file: FilePart): NewDatastream {
  const dsid = textField(fields, 'dsid')
  if (dsid === undefined) throw invalidField('dsid', 'is required')
  const controlGroup = choiceField(fields, 'controlGroup', CONTROL_GROUPS)
  return {
    ...datastreamChange(fields),
    ...fileNames(file),
    dsid,
    ...(controlGroup !== undefined && { controlGroup }),
  }
}

/**
 * What is to be another of a datastream (document 004, "Modify An Existing Datastreams Properties And Content").
 *
 * @throws HttpError 400 `field-invalid`
 */
export function datastreamChange(fields: Fields): DatastreamChange {
  const label = textField(fields, 'label')
  const state = choiceField(fields, 'state', OBJECT_STATES)
  const mimetype = textField(fields, 'mimeType')
  if (mimetype !== undefined && !MEDIA_TYPE.test(mimetype)) throw invalidField('mimeType', 'is no media type')
  const checksumType = choiceField(fields, 'checksumType', CHECKSUM_TYPES)
  const versionable = booleanField(fields, 'versionable')
  return {
    ...(label !== undefined && { label }),
    ...(state !== undefined && { state }),
    ...(mimetype !== undefined && { mimetype }),
    ...(checksumType !== undefined && { checksumType }),
    ...(versionable !== undefined && { versionable }),
  }
}

/** What a file says of itself. */
export function fileNames({ filename, type }: FilePart): { filename: string; sentAs: string } {
  return { filename, sentAs: type }
}
