import type { Readable } from 'node:stream'
import { firstValue, type DatastreamContent, type UseCases } from '@hexapla/repository'
import { HttpError, sendContent } from '@hexapla/rest'
import { contentPolicy, isShownInPlace } from '../../content-safety.ts'
import { booleanField, momentField } from '../http/fields.ts'
import { IslandoraHandler } from '../http/islandora-handler.ts'
import { receiveBody, type ReceivedBody } from '../http/receive-body.ts'
import { tunnelledMethod } from '../http/tunnelled-method.ts'
import { datastreamDocument, versionDocument } from './datastream-document.ts'
import { datastreamChange, fileNames, newDatastream } from './datastream-fields.ts'

export interface DatastreamDeps {
  readonly datastreams: UseCases['datastreams']
  /** The largest file that is taken, in bytes. */
  readonly maxUploadBytes: number
}

/** `object/{pid}/datastream` (document 004, "Create A New Datastream"). */
export class DatastreamsHandler extends IslandoraHandler<DatastreamDeps> {
  override post(): Promise<unknown> {
    const pid = this.request.param('pid')
    const { datastreams, maxUploadBytes: maxBytes } = this.deps
    return receiveBody(this.request, async ({ fields, file, rest }) => {
      tunnelledMethod(fields, ['POST'])
      if (file === undefined) throw new HttpError(400, 'file-missing', 'The form has no file')
      const dsid = await datastreams.create(this.actor, {
        pid,
        source: file.stream,
        maxBytes,
        describe: async () => {
          const all = await rest()
          tunnelledMethod(all, ['POST'])
          return newDatastream(all, file)
        },
      })
      const { datastream } = await datastreams.read(this.actor, { pid, dsid })
      this.response.status(201)
      return datastreamDocument(datastream)
    })
  }
}

/** `object/{pid}/datastream/{dsid}` (document 004, from "Describe A Existing Datastream" on). */
export class DatastreamHandler extends IslandoraHandler<DatastreamDeps> {
  override async get(): Promise<unknown> {
    const found = await this.deps.datastreams.read(this.actor, { ...this.#name, ...this.#version })
    if (this.#wantsContent) return this.#send(found)
    const { datastream, version, isCurrent } = found
    return isCurrent
      ? datastreamDocument(datastream)
      : { dsid: datastream.dsid, ...versionDocument(datastream, version) }
  }

  override put(): Promise<unknown> {
    return receiveBody(this.request, (body) => this.#change(body))
  }

  override async delete(): Promise<void> {
    const { datedAt } = this.#version
    if (datedAt === undefined) await this.deps.datastreams.delete(this.actor, this.#name)
    else await this.deps.datastreams.deleteVersion(this.actor, { ...this.#name, datedAt })
    this.response.status(200)
  }

  override post(): Promise<unknown> {
    return receiveBody(this.request, async (body) => {
      // Behind a file there may be what it is for: only PUT has one.
      const fields = body.file === undefined ? body.fields : new Map([['method', 'PUT'], ...body.fields])
      if (tunnelledMethod(fields, ['PUT', 'DELETE']) === 'PUT') return this.#change(body, ['PUT'])
      await this.delete()
      return undefined
    })
  }

  get #wantsContent(): boolean {
    return booleanField(new Map(this.request.query), 'content') ?? true
  }

  get #name(): { pid: string; dsid: string } {
    return { pid: this.request.param('pid'), dsid: this.request.param('dsid') }
  }

  get #version(): { datedAt?: Date } {
    const datedAt = momentField(new Map(this.request.query), 'version')
    return datedAt === undefined ? {} : { datedAt }
  }

  async #change({ fields, file, rest }: ReceivedBody, tunnelled?: readonly string[]): Promise<unknown> {
    const { datastreams, maxUploadBytes: maxBytes } = this.deps
    const name = this.#name
    if (file === undefined) {
      return datastreamDocument(
        await datastreams.change(this.actor, { ...name, change: datastreamChange(fields) }),
      )
    }
    const describe = async () => {
      const all = await rest()
      if (tunnelled !== undefined) tunnelledMethod(all, tunnelled)
      return { ...datastreamChange(all), ...fileNames(file) }
    }
    const arriving = { ...name, source: file.stream, maxBytes, describe }
    return datastreamDocument(await datastreams.replace(this.actor, arriving))
  }

  #send({ datastream, version, open }: DatastreamContent): Promise<Readable | undefined> {
    const { mimetype, content, datedAt } = version
    const policy = contentPolicy(mimetype)
    if (policy !== null) this.response.header('Content-Security-Policy', policy)
    return sendContent(this.request, this.response, {
      size: content.size,
      type: mimetype,
      etag: `"${content.md5}"`,
      lastModified: datedAt,
      disposition: {
        type: isShownInPlace({ mimetype, supportLevel: 'KNOWN' }) ? 'inline' : 'attachment',
        filename: firstValue(datastream.file.metadata, 'dc.title') ?? datastream.dsid,
      },
      open,
    })
  }
}
