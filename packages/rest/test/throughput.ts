/* Compares RestServer with bare node:http on the same answer: node --conditions=@hexapla/source packages/rest/test/throughput.ts */
import { fork, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import autocannon from 'autocannon'
import { json, RestHandler, RestServer } from '@hexapla/rest'

const document = JSON.stringify({ id: 'x', text: 'a'.repeat(3000) })

async function serveBare(): Promise<string> {
  const server = createServer((request, response) => {
    const id = /^\/items\/([^/?]+)$/.exec(request.url ?? '')?.[1]
    response.writeHead(id === undefined ? 404 : 200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(document),
    })
    response.end(document)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

class Item extends RestHandler {
  override get() {
    this.request.param('id')
    return json(document)
  }
}

async function serveToolkit(): Promise<string> {
  const server = new RestServer()
  server.addRoute('/items/:id', Item)
  return (await server.startup({ address: '127.0.0.1', port: 0 })).url
}

interface Measured {
  readonly perSecond: number
  /** Processor time of the server for one request, in microseconds: steadier than the rate on a busy machine. */
  readonly cost: number
}

async function measure(kind: string): Promise<Measured> {
  const child = fork(import.meta.filename, [kind], { execArgv: process.execArgv })
  const url = await new Promise<string>((resolve) =>
    child.once('message', (message) => resolve(message as string)),
  )
  const run = (duration: number) =>
    autocannon({ url: `${url}/items/4711`, connections: 32, pipelining: 1, duration })
  await run(2)
  const before = await cpuOf(child)
  const { requests, non2xx } = await run(5)
  const cost = ((await cpuOf(child)) - before) / requests.total
  child.kill()
  if (non2xx > 0) throw new Error(`${kind}: ${non2xx} failed`)
  return { perSecond: requests.average, cost }
}

async function cpuOf(child: ChildProcess): Promise<number> {
  child.send('cpu')
  return await new Promise((resolve) => child.once('message', (message) => resolve(Number(message))))
}

const kind = process.argv[2]
if (kind === undefined) {
  const rounds: { bare: Measured; toolkit: Measured }[] = []
  for (let round = 0; round < 3; round++) {
    rounds.push({ bare: await measure('bare'), toolkit: await measure('toolkit') })
  }
  for (const { bare, toolkit } of rounds) {
    const rate = (toolkit.perSecond / bare.perSecond).toFixed(2)
    const cost = (bare.cost / toolkit.cost).toFixed(2)
    console.log(
      `bare ${bare.perSecond.toFixed(0)}/s at ${bare.cost.toFixed(1)} µs, ` +
        `toolkit ${toolkit.perSecond.toFixed(0)}/s at ${toolkit.cost.toFixed(1)} µs: ratio ${rate} by rate, ${cost} by cost`,
    )
  }
} else {
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    process.send?.(user + system)
  })
  process.send?.(kind === 'bare' ? await serveBare() : await serveToolkit())
}
