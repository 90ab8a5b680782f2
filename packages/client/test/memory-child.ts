import { DSpaceSession } from '../src/index.ts'
import { downloadToFile, fileSource } from '../src/node.ts'

// A process of its own, so that what it measures is the client alone: ENDPOINT USER PASSWORD WORK FILE
const [endpoint = '', user = '', password = '', work = '', file = ''] = process.argv.slice(2)

const session = await DSpaceSession.login(endpoint, { user, password })
const transfer = async (name: string) => {
  if (work === 'download') {
    const { size } = await downloadToFile(session, `/api/content/${name}`, file)
    return size
  }
  const source = await fileSource(name === 'large' ? file : new URL(import.meta.url).pathname)
  const sized = { file: source, name: source.name ?? 'file' }
  const chunked = { file: source.open(), name: 'chunked' }
  const answer = await session.upload('/api/upload', work === 'chunked' ? chunked : sized)
  return ((await answer.json()) as { bytes: number }).bytes
}

await transfer('small')
const before = process.memoryUsage().rss
let peak = before
const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5)
const started = performance.now()
const bytes = await transfer('large')
clearInterval(timer)
console.log(JSON.stringify({ bytes, growth: peak - before, ms: Math.round(performance.now() - started) }))
