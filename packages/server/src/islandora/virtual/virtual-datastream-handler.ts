import type { SeenObject, UseCases, VirtualDsid } from '@hexapla/repository'
import { HttpError, sendContent } from '@hexapla/rest'
import { booleanField, momentField, textField, type Fields } from '../http/fields.ts'
import { IslandoraHandler } from '../http/islandora-handler.ts'
import { receiveBody } from '../http/receive-body.ts'
import { tunnelledMethod } from '../http/tunnelled-method.ts'
import { readDublinCore } from './read-dublin-core.ts'
import { readRelsExt } from './read-rels-ext.ts'
import { readXml, type XmlDocument } from './read-xml.ts'
import { virtualContent, virtualDocument } from './virtual-datastream.ts'

export interface VirtualDatastreamDeps {
  readonly objects: Pick<
    UseCases['objects'],
    'readForDatastream' | 'readForDatastreamByToken' | 'replaceDublinCore' | 'replaceTriples'
  >
  readonly dsid: VirtualDsid
}

/**
 * `object/{pid}/datastream/DC` and `…/RELS-EXT` (document 004, from "Describe A Existing Datastream" on): read from the
 * object, and put back into it. They are there as long as the object is.
 */
export class VirtualDatastreamHandler extends IslandoraHandler<VirtualDatastreamDeps> {
  override async get(): Promise<unknown> {
    const { dsid } = this.deps
    const query = new Map(this.request.query)
    const object = await this.#read(textField(query, 'token'))
    const document = virtualDocument(object, dsid)
    const datedAt = momentField(query, 'version')
    if (datedAt !== undefined && datedAt.toISOString() !== document.created) {
      throw new HttpError(404, 'version-unknown', `${dsid} has no former versions`)
    }
    if (booleanField(query, 'content') === false) return document
    return sendContent(this.request, this.response, virtualContent(object, dsid))
  }

  override put(): Promise<unknown> {
    return this.#replace(() => {})
  }

  override post(): Promise<unknown> {
    return this.#replace((fields) => tunnelledMethod(fields, ['PUT']))
  }

  #read(token: string | undefined): Promise<SeenObject> {
    const { objects, dsid } = this.deps
    return token === undefined
      ? objects.readForDatastream(this.actor, this.#pid)
      : objects.readForDatastreamByToken({ pid: this.#pid, dsid, token })
  }

  get #pid(): string {
    return this.request.param('pid')
  }

  async #replace(check: (fields: Fields) => void): Promise<unknown> {
    const { objects, dsid } = this.deps
    const document = await this.#receive(check)
    const object =
      dsid === 'DC'
        ? await objects.replaceDublinCore(this.actor, { pid: this.#pid, values: readDublinCore(document) })
        : await objects.replaceTriples(this.actor, {
            pid: this.#pid,
            triples: await readRelsExt(document, this.#pid),
          })
    return virtualDocument(object, dsid)
  }

  /** The content, as the body or as the file of a form. */
  #receive(check: (fields: Fields) => void): Promise<XmlDocument> {
    if (this.request.contentType?.toLowerCase().includes('xml') === true) {
      check(new Map())
      return readXml(this.request.stream())
    }
    return receiveBody(this.request, async ({ fields, file, rest }) => {
      if (file === undefined) {
        check(fields)
        throw new HttpError(
          400,
          'file-missing',
          `${this.deps.dsid} takes XML; its properties stay as they are`,
        )
      }
      const document = await readXml(file.stream)
      // A file is for PUT alone.
      check(new Map([['method', 'PUT'], ...(await rest())]))
      return document
    })
  }
}
