import { DSpaceSession } from '../src/index.ts'
import { downloadToFile, fileSource } from '../src/node.ts'
import { printMemory } from './print-memory.ts'

// ENDPOINT USER PASSWORD WORK FILE
const [endpoint = '', user = '', password = '', work = '', file = ''] = process.argv.slice(2)

const session = await DSpaceSession.login(endpoint, { user, password })
await printMemory(async (name) => {
  if (work === 'download') {
    const { size } = await downloadToFile(session, `/api/content/${name}`, file)
    return size
  }
  const source = await fileSource(name === 'large' ? file : new URL(import.meta.url).pathname)
  const sized = { file: source, name: source.name ?? 'file' }
  const chunked = { file: source.open(), name: 'chunked' }
  const answer = await session.upload('/api/upload', work === 'chunked' ? chunked : sized)
  return ((await answer.json()) as { bytes: number }).bytes
})
