import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DSpaceSession } from '@hexapla/client'
import { ACCOUNT, type ServerProcess } from '../process/server-process.ts'
import { preparePython } from '../python/environment.ts'
import { run } from '../python/run.ts'
import type { Check } from '../run-checks.ts'
import { createToken } from './islandora-records.ts'

/** The demos of islandora7-rest as they are. @param stage.checkout of its repository */
export async function islandoraDemos(stage: {
  readonly server: ServerProcess
  readonly checkout: string
}): Promise<readonly Check[]> {
  const { server, checkout } = stage
  const { python } = await preparePython()
  const token = await createToken(new DSpaceSession(server.endpoint, ACCOUNT), 'Demos')
  const env = {
    ISLANDORA_REST: `${server.url}/islandora/rest/`,
    ISLANDORA_USER: ACCOUNT.email,
    ISLANDORA_TOKEN: token,
    PYTHONPATH: checkout,
  }
  const demo = async (...args: readonly string[]): Promise<string> =>
    (await run(python, args, { env, cwd: join(checkout, 'demos') })).stdout
  let pid = ''

  return [
    {
      name: 'islandora7-rest: create-object-sample.py',
      async run() {
        const told = await demo('create-object-sample.py')
        pid = /'pid': '(samples:\d+)'/.exec(told)?.[1] ?? ''
        assert.notEqual(pid, '', told)
        assert.match(told, /'label': 'Sample Article 01'/)
        assert.equal(told.match(/'dsid': 'PDF'/g)?.length, 2)
        return pid
      },
    },
    {
      name: 'islandora7-rest: solr-generator-sample.py',
      async run() {
        const told = await demo('solr-generator-sample.py')
        assert.ok(told.includes(`{'PID': '${pid}'}`), told)
        return `${told.trim().split('\n').length} pids`
      },
    },
    {
      name: 'islandora7-rest: solr-query-sample.py',
      async run() {
        const told = await demo('solr-query-sample.py', 'fgs_label_s:Sample*', '--d')
        assert.match(told, /numFound \.+ 1\n/)
        assert.match(told, /'mimeType': 'application\/pdf'/)
        return 'with the document of the object'
      },
    },
    {
      name: 'islandora7-rest: delete-object-sample.py',
      async run() {
        assert.match(await demo('delete-object-sample.py', pid), /Deleted/)
        const left = await demo('solr-query-sample.py', `PID:"${pid}"`)
        assert.match(left, /numFound \.+ 0\n/)
        return pid
      },
    },
  ]
}
