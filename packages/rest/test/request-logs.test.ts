import { HttpError, RestHandler } from '@hexapla/rest'
import { expect, test } from 'vitest'
import { serve } from './serve.ts'

class Answers extends RestHandler {
  override get() {
    const status = Number(this.request.param('status'))
    if (status >= 400) throw new HttpError(status, 'asked-for', 'as asked for')
    this.response.status(status)
  }
}

/** Levels and messages about requests, after one request for each status. */
async function linesAbout(level: string, ...statuses: number[]): Promise<unknown[]> {
  const lines: Record<string, unknown>[] = []
  const stream = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) }
  const over: string[] = []
  const { url } = await serve((server) => server.addRoute('/:status', Answers), {
    logger: { level, stream },
    onResponse: (request) => void over.push(request.id),
  })
  for (const status of statuses) await (await fetch(`${url}/${status}?token=geheim`)).arrayBuffer()
  while (over.length < statuses.length) await new Promise((resolve) => setTimeout(resolve, 2))
  expect(JSON.stringify(lines)).not.toContain('geheim')
  return lines
    .filter(({ msg }) => msg === 'request' || msg === 'request received')
    .map((line) => [line['level'], line['msg'], line['status']])
}

const [debug, info, warn, error] = [20, 30, 40, 50]

test('a request is logged by the status of its answer', async () => {
  expect(await linesAbout('info', 204, 302, 404, 502)).toEqual([
    [info, 'request', 204],
    [info, 'request', 302],
    [warn, 'request', 404],
    [error, 'request', 502],
  ])
})

test('its arrival is logged where debugging is wanted', async () => {
  expect(await linesAbout('debug', 204)).toEqual([
    [debug, 'request received', undefined],
    [info, 'request', 204],
  ])
})

test.each([
  ['warn', [404, 502]],
  ['error', [502]],
  ['silent', []],
])('at the level %s there are lines about %j', async (level, statuses) => {
  expect((await linesAbout(level, 204, 404, 502)).map((line) => (line as unknown[])[2])).toEqual(statuses)
})
