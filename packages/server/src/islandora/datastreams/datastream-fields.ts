import {
  CHECKSUM_TYPES,
  CONTROL_GROUPS,
  type DatastreamChange,
  type NewAddress,
  type NewDatastream,
} from '@hexapla/repository'
import { HttpError, type FilePart } from '@hexapla/rest'
import {
  booleanField,
  choiceField,
  invalidField,
  stateField,
  textField,
  type Fields,
} from '../http/fields.ts'

// RFC 6838 section 4.2; parameters in what a header can hold.
const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?: *;[ -~]*)?$/

/**
 * What is said of a new datastream (document 004, "Create A New Datastream").
 *
 * @throws HttpError 400 `field-invalid`
 */
export function newDatastream(fields: Fields, file: FilePart): NewDatastream {
  requireNoUrl(fields)
  return { ...newFacts(fields), ...fileNames(file) }
}

/**
 * What is said of a new datastream that holds an address: the same, and `url`.
 *
 * @throws HttpError 400 `field-invalid`, `file-missing`
 */
export function newAddress(fields: Fields): Omit<NewAddress, 'pid'> {
  const location = urlField(fields)
  if (location === undefined)
    throw new HttpError(400, 'file-missing', 'The form has neither a file nor a url')
  return { ...newFacts(fields), location }
}

function newFacts(fields: Fields): DatastreamChange & Pick<NewDatastream, 'dsid' | 'controlGroup'> {
  const dsid = textField(fields, 'dsid')
  if (dsid === undefined) throw invalidField('dsid', 'is required')
  const controlGroup = choiceField(fields, 'controlGroup', CONTROL_GROUPS)
  return { ...datastreamChange(fields), dsid, ...(controlGroup !== undefined && { controlGroup }) }
}

/** The address that a datastream is to hold, if one is given. */
export function urlField(fields: Fields): string | undefined {
  const url = textField(fields, 'url')?.trim()
  return url === '' ? undefined : url
}

/** @throws HttpError 400 `field-invalid` where there is a url beside a file */
export function requireNoUrl(fields: Fields): void {
  if (urlField(fields) !== undefined) throw invalidField('url', 'cannot be given beside a file')
}

/**
 * What is to be another of a datastream (document 004, "Modify An Existing Datastreams Properties And Content").
 *
 * @throws HttpError 400 `field-invalid`
 */
export function datastreamChange(fields: Fields): DatastreamChange {
  const label = textField(fields, 'label')
  const state = stateField(fields)
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
