import type { Readable } from 'node:stream'
import { firstValue, type DatastreamContent } from '@hexapla/repository'
import {
  formatDisposition,
  sendContent,
  type Disposition,
  type RestRequest,
  type RestResponse,
} from '@hexapla/rest'
import { contentPolicy, isShownInPlace } from '../../content-safety.ts'
import { sendAddress } from './send-address.ts'

/**
 * Answers with what a datastream holds. Where that is an address, its content is fetched (`E`), or the reader is sent there
 * (`R`).
 *
 * @throws HttpError those of `sendContent` and `sendAddress`
 */
export async function sendDatastream(
  request: RestRequest,
  response: RestResponse,
  found: DatastreamContent,
): Promise<Readable | undefined> {
  const { datastream, version, open, address } = found
  if (address !== undefined && datastream.controlGroup === 'R') {
    response.status(302).header('Location', await address.location())
    return undefined
  }
  if (address !== undefined) {
    const sent = await sendAddress(request, response, address)
    const told = response.headers['content-type']
    const type = typeof told === 'string' ? told : version.mimetype
    const disposition = dispositionOf(type, datastream.dsid)
    response.type(type).header('Content-Disposition', formatDisposition(disposition))
    protect(response, type)
    return sent
  }
  const { mimetype, content, datedAt } = version
  const filename = firstValue(datastream.file.metadata, 'dc.title') ?? datastream.dsid
  protect(response, mimetype)
  return sendContent(request, response, {
    size: content.size,
    type: mimetype,
    etag: `"${content.md5}"`,
    lastModified: datedAt,
    disposition: dispositionOf(mimetype, filename),
    open,
  })
}

/** Nothing of a file acts as a page of this server. */
function protect(response: RestResponse, mimetype: string): void {
  const policy = contentPolicy(mimetype)
  if (policy !== null) response.header('Content-Security-Policy', policy)
}

function dispositionOf(mimetype: string, filename: string): Disposition {
  return { type: isShownInPlace({ mimetype, supportLevel: 'KNOWN' }) ? 'inline' : 'attachment', filename }
}
