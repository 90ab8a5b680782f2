import type { DatastreamContent, UseCases } from '@hexapla/repository'
import { booleanField, momentField, textField, wholeNumberField } from '../http/fields.ts'
import { IslandoraHandler } from '../http/islandora-handler.ts'
import { receiveBody, type ReceivedBody } from '../http/receive-body.ts'
import { tunnelledMethod } from '../http/tunnelled-method.ts'
import { datastreamDocument, versionDocument } from './datastream-document.ts'
import {
  datastreamChange,
  fileNames,
  newAddress,
  newDatastream,
  requireNoUrl,
  urlField,
} from './datastream-fields.ts'
import { sendDatastream } from './send-datastream.ts'

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
      const datastream =
        file === undefined
          ? await datastreams.createAddress(this.actor, { pid, ...newAddress(fields) })
          : await datastreams.create(this.actor, {
              pid,
              source: file.stream,
              maxBytes,
              describe: async () => {
                const all = await rest()
                tunnelledMethod(all, ['POST'])
                return newDatastream(all, file)
              },
            })
      this.response.status(201)
      return datastreamDocument(datastream)
    })
  }
}

/** `object/{pid}/datastream/{dsid}` (document 004, from "Describe A Existing Datastream" on). */
export class DatastreamHandler extends IslandoraHandler<DatastreamDeps> {
  override async get(): Promise<unknown> {
    const found = await this.#read()
    if (this.#wantsContent) return sendDatastream(this.request, this.response, found)
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

  #read(): Promise<DatastreamContent> {
    const { datastreams } = this.deps
    const wanted = { ...this.#name, ...this.#version }
    const token = textField(new Map(this.request.query), 'token')
    return token === undefined
      ? datastreams.read(this.actor, wanted)
      : datastreams.readByToken({ ...wanted, token })
  }

  async #change({ fields, file, rest }: ReceivedBody, tunnelled?: readonly string[]): Promise<unknown> {
    const { datastreams, maxUploadBytes: maxBytes } = this.deps
    const name = this.#name
    if (file === undefined) {
      const location = urlField(fields)
      const change = datastreamChange(fields)
      const changed =
        location === undefined
          ? datastreams.change(this.actor, { ...name, change })
          : datastreams.replaceAddress(this.actor, { ...name, change, location })
      return datastreamDocument(await changed)
    }
    const describe = async () => {
      const all = await rest()
      if (tunnelled !== undefined) tunnelledMethod(all, tunnelled)
      requireNoUrl(all)
      return { ...datastreamChange(all), ...fileNames(file) }
    }
    const arriving = { ...name, source: file.stream, maxBytes, describe }
    return datastreamDocument(await datastreams.replace(this.actor, arriving))
  }
}

/** `object/{pid}/datastream/{dsid}/token`: lets somebody without credentials read one datastream, so many times. */
export class DatastreamTokenHandler extends IslandoraHandler<Pick<DatastreamDeps, 'datastreams'>> {
  override async get(): Promise<unknown> {
    const name = { pid: this.request.param('pid'), dsid: this.request.param('dsid') }
    const uses = wholeNumberField(new Map(this.request.query), 'uses') ?? 1
    const { token, expiresAt } = await this.deps.datastreams.issueToken(this.actor, { ...name, uses })
    this.response.header('Cache-Control', 'no-store')
    return { token, uses, expires: expiresAt.toISOString() }
  }
}
