import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run, type Finished } from '../python/run.ts'
import { assertNothingLogged } from './assert-nothing-logged.ts'
import type { Program, Stage } from './program.ts'

/** Port and address that the examples have built in. */
export const EXAMPLES_PORT = 8080
const EXAMPLES_URL = `http://localhost:${EXAMPLES_PORT}`

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'

/** The examples that dspace-rest-client is published with, as they are. */
export const publishedExamples: readonly Program[] = [
  {
    name: 'dspace-rest-client example.py',
    async run(stage) {
      const { stdout } = await runExample(stage, 'example.py')
      const handle = '\\S+/\\d+'
      for (const line of [
        `New community created! Handle: ${handle}`,
        'Logo for updated community is None',
        `New collection created! Handle: ${handle}`,
        `New item created! Handle: ${handle}`,
        `New bundle created! UUID: ${UUID}`,
        `New bitstream created! UUID: ${UUID}`,
        `Community created by the Python REST Client - Updated Name \\(${UUID}\\)`,
        `Collection created by the Python REST Client \\(${UUID}`,
        `Test Item created by the Python REST Client \\(${UUID}\\)`,
        `ORIGINAL \\(${UUID}`,
        `uploaded_file.txt \\(${UUID}`,
        `Result #2: .+ \\(${UUID}\\)`,
      ]) {
        assert.match(stdout, new RegExp(`^${line}`, 'm'))
      }
      return assertDownloads(stage, stdout)
    },
  },
  {
    name: 'dspace-rest-client example_gets.py',
    async run(stage) {
      const { stdout } = await runExample(stage, 'example_gets.py')
      return assertDownloads(stage, stdout)
    },
  },
]

async function runExample(stage: Stage, file: string): Promise<Finished> {
  const cwd = stage.python.examples
  const moved = stage.server.url.endsWith(`:${EXAMPLES_PORT}`) ? [] : ['-c', MOVE, stage.server.url]
  const finished = await run(stage.python.python, [...moved, file], { cwd })
  assert.doesNotMatch(finished.stdout, /\bError\b/)
  assertNothingLogged(finished)
  return finished
}

/** Where the port is taken, the address alone is changed on the way to the interpreter. */
const MOVE = [
  'import sys',
  'url, path = sys.argv[1:]',
  `source = open(path).read().replace('${EXAMPLES_URL}', url)`,
  "exec(compile(source, path, 'exec'), {'__name__': '__main__'})",
].join('\n')

/** Every download that the example tells of has the length and the MD5 of the file that it uploaded. */
async function assertDownloads(stage: Stage, stdout: string): Promise<string> {
  const uploaded = await readFile(join(stage.python.examples, 'LICENSE.txt'))
  const md5 = createHash('md5').update(uploaded).digest('hex')
  const told = [...stdout.matchAll(/\tmd5: (.*)\n\tformat: (.*)\n\tlength: (.*)\n\tLOCAL LEN\(\): (.*)/g)]
  assert.ok(told.length > 0, 'no download was made')
  for (const [, etag, type, length, local] of told) {
    assert.equal(etag, `"${md5}"`)
    assert.match(type ?? '', /^text\/plain/)
    assert.equal(length, String(uploaded.length))
    assert.equal(local, String(uploaded.length))
  }
  return `${told.length} download(s) of ${uploaded.length} bytes, ETag is their MD5`
}
