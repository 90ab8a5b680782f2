import { hash } from 'node:crypto'
import type { OpenApiDocument } from '../description/document.ts'
import { renderPage, type DocumentationPage } from './render-page.ts'

/** A document as it goes out, written once. */
export interface PublishedApi {
  readonly document: () => Published<{ readonly text: string }>
  readonly page: () => Published<DocumentationPage>
}

type Published<Content> = Content & { readonly etag: string }

/**
 * What {@link OpenApiHandler} and {@link ApiPageHandler} show. `make` is called once, by the first request: by then all
 * routes are there and the server's address is known.
 *
 * @example
 * const api = publishApi(() => server.openapi({ info: { title: 'Orchard', version: '1.2.0' } }))
 * server.addRoute('/openapi.json', OpenApiHandler, { deps: api })
 * server.addRoute('/docs', ApiPageHandler, { deps: api })
 */
export function publishApi(make: () => OpenApiDocument): PublishedApi {
  const document = once(make)
  return {
    document: once(() => tagged({ text: JSON.stringify(document()) })),
    page: once(() => tagged(renderPage(document()))),
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => (made ??= { value: make() }).value
}

function tagged<Content extends { readonly text: string }>(content: Content): Published<Content> {
  return { ...content, etag: hash('sha1', content.text, 'base64url') }
}
