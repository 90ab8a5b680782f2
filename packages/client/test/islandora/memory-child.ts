import { IslandoraSession } from '../../src/index.ts'
import { downloadToFile, fileSource } from '../../src/node.ts'
import { printMemory } from '../print-memory.ts'

// SITE WORK FILE
const [site = '', work = '', path = ''] = process.argv.slice(2)

const session = new IslandoraSession(site, { user: 'ada', password: 'analytical engine' })
await session.login()
await printMemory(async (name) => {
  if (work === 'download') {
    const { size } = await downloadToFile(session, session.datastreams.path('a:1', name), path)
    return size
  }
  const file = await fileSource(name === 'large' ? path : new URL(import.meta.url).pathname)
  const { size } = await (work === 'add'
    ? session.datastreams.add('a:1', name, { file })
    : session.datastreams.change('a:1', name, { file }))
  return size
})
