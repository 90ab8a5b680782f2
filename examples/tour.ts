import { DSpaceSession } from '@hexapla/client'
import { downloadToFile, fileSource } from '@hexapla/client/node'

const { HEXAPLA_URL = 'http://127.0.0.1:8080', HEXAPLA_ADMIN_EMAIL, HEXAPLA_ADMIN_PASSWORD } = process.env

// Log in. The session follows the CSRF token and renews its own token from here on.
const session = await DSpaceSession.login(`${HEXAPLA_URL}/server`, {
  email: HEXAPLA_ADMIN_EMAIL ?? '',
  password: HEXAPLA_ADMIN_PASSWORD ?? '',
})

// Create a community, a collection in it, and an item in that.
const title = (value: string) => ({ metadata: { 'dc.title': [{ value }] } })
const create = async (path: string, json: object) =>
  (await (await session.post(path, { json })).json()) as { uuid: string; handle: string }

const community = await create('/api/core/communities', title('My institute'))
const collection = await create(`/api/core/collections?parent=${community.uuid}`, title('Measurements'))
const item = await create(`/api/core/items?owningCollection=${collection.uuid}`, title('Rain in May'))

// Upload a file into the item, streamed, with its progress.
const bundle = await create(`/api/core/items/${item.uuid}/bundles`, { name: 'ORIGINAL' })
const uploaded = await session.upload(`/api/core/bundles/${bundle.uuid}/bitstreams`, {
  file: await fileSource('README.md'),
  properties: { name: 'rain.md' },
  onProgress: ({ sentBytes, totalBytes }) => console.log(`sent ${sentBytes} of ${totalBytes} bytes`),
})
const bitstream = (await uploaded.json()) as { uuid: string; checkSum: { value: string } }

// Read it back: as a record, and as a file whose checksum is verified.
const shown = await session.getJson<{ name: string }>(`/api/core/items/${item.uuid}?embed=bundles/bitstreams`)
await downloadToFile(session, `/api/core/bitstreams/${bitstream.uuid}/content`, 'rain.md', {
  checksum: { algorithm: 'md5', value: bitstream.checkSum.value },
})
console.log(`${shown.name} is ${item.handle}, and rain.md is back`)
