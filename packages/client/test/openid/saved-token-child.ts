import { once } from 'node:events'
import { SavedDeviceGrantAuth } from '../../src/node.ts'

// When told to on its input, asks the API again and again with the saved token, and renews the access token every time.
console.log('ready')
await once(process.stdin, 'data')
process.stdin.destroy()
const [api = '', provider = '', filename = '', rounds = '1'] = process.argv.slice(2)
for (let round = 0; round < Number(rounds); round += 1) {
  const client = new SavedDeviceGrantAuth(api, {
    provider,
    clientId: 'device',
    filename,
    prompt: () => {
      console.log('asked')
      process.exit(3)
    },
  })
  const { sub } = await client.request<{ sub: string }>('GET', '/me')
  console.log(sub)
}
