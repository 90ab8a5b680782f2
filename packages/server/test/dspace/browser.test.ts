import { readFile } from 'node:fs/promises'
import { startTestServer, type TestServer } from '@hexapla/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

/** The addresses of everything that a page or script loads, as a browser works them out. */
function loadedBy(text: string, address: string): string[] {
  const base = new URL(/<base href="([^"]*)"/.exec(text)?.[1] ?? '', address)
  const found = text.matchAll(/(?:<link[^>]* href|<script[^>]* src)="([^"]*)"|from '([^']*)'/g)
  return [...found].map((match) => new URL(match[1] ?? match[2] ?? '', base).href)
}

test.each(['/server', '/server/'])(
  '%s shows a page to people, and all that it loads is there',
  async (path) => {
    const queue = [server.url + path]
    const seen = new Set<string>()
    for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
      if (seen.has(address)) continue
      seen.add(address)
      const response = await fetch(address)
      expect([address, response.status]).toEqual([address, 200])
      expect(response.headers.get('content-type')).toMatch(/^text\/(?:html|css|javascript); charset=utf-8$/)
      queue.push(...loadedBy(await response.text(), address))
    }
    expect(seen.size).toBe(8)
  },
)

test('nothing from elsewhere is loaded, and nothing inline runs', async () => {
  const response = await fetch(`${server.url}/server`)
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]),
  )
  expect(policy).not.toContain('unsafe')
  const page = await response.text()
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|\son\w+=|<style|\sstyle=|https?:\/\//)
})

test('the page is not sent again to who has it', async () => {
  const address = `${server.url}/server/browser/browser.js`
  const etag = (await fetch(address)).headers.get('etag') ?? ''
  expect((await fetch(address, { headers: { 'if-none-match': etag } })).status).toBe(304)
})

test.each(['nothing.js', '..%2Fbrowser-handler.ts', '%2e%2e%2frouting.ts'])(
  '%s is no file of it',
  async (name) => {
    expect((await fetch(`${server.url}/server/browser/${name}`)).status).toBe(404)
  },
)

test('its files are published with the package', async () => {
  const description = await readFile(new URL('../../package.json', import.meta.url), 'utf8')
  expect((JSON.parse(description) as { files: string[] }).files).toContain('src')
})
