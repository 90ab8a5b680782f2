/*
 * @hexapla/rest beside bare Fastify and the original in Python: npm run bench:toolkit [-- --rounds 7 --seconds 1]
 * Arguments, a bearer token and a role. Only the ratios of one run mean something.
 */
import { parseArgs } from 'node:util'
import { Auth } from '@hexapla/rest'
import { prepareRestTools } from '../../interop/python/environment.ts'
import { compare, type Side } from '../compare.ts'
import { runLoad } from '../load.ts'
import { formatTable, type Row } from '../report.ts'
import { requestBytes } from '../requests.ts'
import { requireSameAnswers } from './require-same-answers.ts'
import { startOriginal, startScript, type BenchedServer } from './servers.ts'
import { ISSUER, SECRET } from './task.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, seconds: { type: 'string', default: '1' } },
})
const rounds = { rounds: Number(values.rounds), milliseconds: Number(values.seconds) * 1000 }
const CONNECTIONS = 16
const LISTING = '/fruits?name=apple&limit=20&is_citrus=true'

const python = await prepareRestTools()
const servers: BenchedServer[] = []
try {
  const start = async (starting: Promise<BenchedServer>): Promise<BenchedServer> => {
    const server = await starting
    servers.push(server)
    return server
  }
  const ours = await start(startScript('rest-server.ts'))
  const bare = await start(startScript('bare-fastify.ts'))
  const original = await start(startOriginal(python))
  const auth = new Auth({ secret: SECRET, algorithm: 'HS512', issuer: ISSUER })
  const token = await auth.createToken('ada', { payload: { role: 'write' } })
  await requireSameAnswers(servers, LISTING, { token, auth })

  const side = ({ url, pid }: BenchedServer, path = LISTING): Side => {
    const headers = { authorization: `Bearer ${token}` }
    const load = { url, requests: [requestBytes('GET', url + path, { headers })], status: 200 }
    return {
      pid,
      run: (milliseconds) => runLoad({ ...load, connections: CONNECTIONS }, milliseconds),
    }
  }
  const row = async (floorName: string, floor: Side, wanted?: number): Promise<Row> => ({
    name: 'arguments, token, role',
    floorName,
    unit: 'requests/s',
    ...(wanted === undefined ? {} : { wanted }),
    comparison: await compare({ ours: side(ours), floor }, rounds),
  })
  console.log(
    formatTable([
      await row('the same with Fastify and jose', side(bare), 0.8),
      await row('the same with rest-tools (Python)', side(original), 8),
      await row('Fastify that does nothing of it', side(bare, '/nothing')),
    ]),
  )
} finally {
  for (const server of servers) server.stop()
}
