import type { RequestBody } from '../body/request-body.ts'
import { type Download, download, type DownloadOptions } from '../session/download.ts'
import { uploadBody, type UploadOptions } from '../session/upload.ts'
import { apiPath } from './api-path.ts'
import type {
  ControlGroup,
  DatastreamDocument,
  DatastreamProperties,
  VersionDocument,
} from './datastream-document.ts'
import { datastreamToken } from './datastream-token.ts'
import { deleteVersion } from './delete-version.ts'
import { formFields, type FormValues } from './form-fields.ts'
import type { IslandoraApi, IslandoraCallOptions } from './islandora-api.ts'

/** Content to send, read while it is sent and never held. */
export type DatastreamFile = Pick<UploadOptions, 'file' | 'name' | 'size' | 'onProgress'>

/** Where content is that stays elsewhere: Hexapla alone takes it. */
export interface DatastreamAddress {
  readonly url: string
  readonly file?: never
}

/** A new datastream: of a file, or with control group `E` or `R` of an address. */
export type NewDatastream = DatastreamProperties & { readonly controlGroup?: ControlGroup } & (
    | DatastreamFile
    | DatastreamAddress
  )

/** What is to be another; what is not given stays. With a file or an address, that becomes the newest version. */
export type DatastreamChange = DatastreamProperties &
  (DatastreamFile | DatastreamAddress | { readonly file?: never; readonly url?: never })

/** Which content to read, and how. */
export interface ContentOptions extends DownloadOptions {
  /** `created` of a former version. */
  readonly version?: string
}

/** A former version, which can be opened. */
export interface FormerVersion extends VersionDocument {
  /** Bytes. */
  readonly size: number
  readonly open: (options?: DownloadOptions) => Promise<Download>
}

/** What a token of a datastream is for. */
export interface TokenOptions extends IslandoraCallOptions {
  /** How often it serves; once without it. */
  readonly uses?: number
}

/** Datastreams of a site. */
export interface IslandoraDatastreams {
  /** Where the content is after the address of the site, for `session.download` and `downloadToFile`. */
  readonly path: (pid: string, dsid: string, version?: string) => string
  readonly read: (pid: string, dsid: string, options?: IslandoraCallOptions) => Promise<DatastreamDocument>
  /** Opens the content, or a range of it, for reading; resolves when its first bytes may come. */
  readonly open: (pid: string, dsid: string, options?: ContentOptions) => Promise<Download>
  /** Former versions, newest first. */
  readonly versions: (
    pid: string,
    dsid: string,
    options?: IslandoraCallOptions,
  ) => AsyncGenerator<FormerVersion, void, undefined>
  /** Sent once, like every stream. @throws {ClientError} `size_mismatch` when the file has another size than told */
  readonly add: (
    pid: string,
    dsid: string,
    datastream: NewDatastream,
    options?: IslandoraCallOptions,
  ) => Promise<DatastreamDocument>
  /**
   * A file goes as POST with a field `method`, as Islandora takes no file by PUT (document 004, “Documentation”).
   *
   * @throws {ClientError} `size_mismatch` when the file has another size than told
   */
  readonly change: (
    pid: string,
    dsid: string,
    change: DatastreamChange,
    options?: IslandoraCallOptions,
  ) => Promise<DatastreamDocument>
  readonly delete: (pid: string, dsid: string, options?: IslandoraCallOptions) => Promise<void>
  /**
   * Deletes the former version of this `created`. An original Islandora would delete the whole datastream instead, so
   * the server is asked before whether it knows of versions.
   *
   * @throws {ClientError} `operation_unsupported` when it does not
   */
  readonly deleteVersion: (
    pid: string,
    dsid: string,
    created: string,
    options?: IslandoraCallOptions,
  ) => Promise<void>
  /**
   * Makes a token with which whoever has it fetches the content, as `?token=` behind its address.
   *
   * @throws {AnswerError} `answer_invalid` where the answer has none
   */
  readonly token: (pid: string, dsid: string, options?: TokenOptions) => Promise<string>
}

/** Document 004, from “Describe A Existing Datastream” to “Delete An Existing Datastream”. */
export function islandoraDatastreams(api: IslandoraApi): IslandoraDatastreams {
  const path: IslandoraDatastreams['path'] = (pid, dsid, version) => {
    const datastream = apiPath('object', pid, 'datastream', dsid)
    return version === undefined ? datastream : `${datastream}?version=${encodeURIComponent(version)}`
  }

  const read: IslandoraDatastreams['read'] = async (pid, dsid, options = {}) =>
    (await api.read(path(pid, dsid), { ...options, query: { content: 'false' } })) as DatastreamDocument

  const open: IslandoraDatastreams['open'] = async (pid, dsid, options = {}) =>
    download((file, how) => api.send('GET', file, how), path(pid, dsid, options.version), options)

  // Islandora answers some large files with nothing (islandora7-rest 3.0.4).
  const described = async (answer: unknown, pid: string, dsid: string, options: IslandoraCallOptions) =>
    answer === undefined ? read(pid, dsid, options) : (answer as DatastreamDocument)

  return {
    path,
    read,
    open,
    async *versions(pid, dsid, options) {
      const { versions } = await read(pid, dsid, options)
      for (const version of versions) {
        const size = Number(version.size)
        yield { ...version, size, open: (how) => open(pid, dsid, { ...how, version: version.created }) }
      }
    },
    async add(pid, dsid, datastream, options = {}) {
      const { controlGroup } = datastream
      const values = { dsid, controlGroup, ...propertiesOf(datastream) }
      const all = apiPath('object', pid, 'datastream')
      const answer =
        datastream.file === undefined
          ? await api.ask('POST', all, {
              ...options,
              body: new URLSearchParams(formFields({ ...values, url: datastream.url })),
            })
          : await api.ask('POST', all, options, fileBody(datastream, values))
      return described(answer, pid, dsid, options)
    },
    async change(pid, dsid, change, options = {}) {
      const values = propertiesOf(change)
      const answer =
        change.file === undefined
          ? await api.change('PUT', path(pid, dsid), { ...values, url: change.url }, options)
          : await api.ask('POST', path(pid, dsid), options, fileBody(change, { method: 'PUT', ...values }))
      return described(answer, pid, dsid, options)
    },
    async delete(pid, dsid, options = {}) {
      await api.change('DELETE', path(pid, dsid), {}, options)
    },
    deleteVersion: async (pid, dsid, created, options = {}) =>
      deleteVersion(api, path(pid, dsid), created, options),
    token: async (pid, dsid, options = {}) => datastreamToken(api, `${path(pid, dsid)}/token`, options),
  }
}

function propertiesOf(properties: DatastreamProperties): FormValues {
  const { label, state, mimeType, checksumType, versionable } = properties
  return { label, state, mimeType, checksumType, versionable }
}

function fileBody(upload: DatastreamFile & DatastreamProperties, values: FormValues): RequestBody {
  const { file, name, size, onProgress, mimeType } = upload
  return uploadBody({
    file,
    ...(name !== undefined && { name }),
    ...(size !== undefined && { size }),
    ...(onProgress && { onProgress }),
    ...(mimeType !== undefined && { type: mimeType }),
    fields: formFields(values),
  })
}
