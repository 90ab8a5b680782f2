import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { HttpError, isNotModified, RestHandler } from '@hexapla/rest'

interface StaticFile {
  readonly type: string
  readonly text: string
  readonly etag: string
}

/** Nothing but these files is loaded, and nothing inline runs; the page may be in no frame. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

// The same place seen from `src` and from `dist`: the files are published as they are.
const directory = new URL('../../../src/dspace/browser/static/', import.meta.url)
const FILES: ReadonlyMap<string, StaticFile> = new Map(
  [
    ['browser.css', 'text/css'],
    ['browser.js', 'text/javascript'],
    ['document-view.js', 'text/javascript'],
    ['elements.js', 'text/javascript'],
    ['links.js', 'text/javascript'],
    ['list-view.js', 'text/javascript'],
    ['session.js', 'text/javascript'],
  ].map(([name = '', type = '']) => [name, staticFile(type, read(name))]),
)
const PAGE = read('browser.html')
/** The page's own address decides where its files lie: with or without a slash at the end, under any prefix. */
const PAGES = {
  bare: staticFile('text/html', PAGE.replace('{{base}}', './server/')),
  slashed: staticFile('text/html', PAGE.replace('{{base}}', './')),
}

abstract class StaticHandler extends RestHandler<object> {
  protected answer(file: StaticFile): string | undefined {
    this.response
      .etag(file.etag)
      .header('Cache-Control', 'no-cache')
      .header('Content-Security-Policy', CONTENT_SECURITY_POLICY)
      .header('X-Content-Type-Options', 'nosniff')
      .header('Referrer-Policy', 'no-referrer')
    if (isNotModified(this.request, { etag: file.etag })) return this.response.notModified()
    this.response.type(`${file.type}; charset=utf-8`)
    return file.text
  }
}

/** A page for people who want to look around in the API (the original has a HAL browser in this place). */
export class BrowserPageHandler extends StaticHandler {
  override get(): string | undefined {
    return this.answer(this.request.path.endsWith('/') ? PAGES.slashed : PAGES.bare)
  }
}

/** What the page is made of. */
export class BrowserFileHandler extends StaticHandler {
  override get(): string | undefined {
    const name = this.request.param('file')
    const file = FILES.get(name)
    if (file === undefined) throw new HttpError(404, 'path-unknown', `${name} is no file of this page`)
    return this.answer(file)
  }
}

function read(name: string): string {
  return readFileSync(new URL(name, directory), 'utf8')
}

function staticFile(type: string, text: string): StaticFile {
  return { type, text, etag: `"${hash('sha1', text, 'base64url')}"` }
}
