import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { DocumentVerb, OpenApiDocument } from '../description/document.ts'
import { Html, html } from './html.ts'
import { renderOperation, type PlacedOperation } from './render-operation.ts'
import { renderProperties } from './render-schema.ts'

/** A page, and the policy that lets nothing run in it but its own. */
export interface DocumentationPage {
  readonly text: string
  readonly contentSecurityPolicy: string
}

// The same place seen from `src` and from `dist`: the files are published as they are.
const directory = new URL('../../../src/openapi/page/static/', import.meta.url)
const STYLE = readFileSync(new URL('page.css', directory), 'utf8')
const SCRIPT = readFileSync(new URL('page.js', directory), 'utf8')

// Put together here: a space more within the elements, and their hashes are those of something else.
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`)
const SCRIPT_ELEMENT = new Html(`<script>${SCRIPT}</script>`)

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `script-src '${sourceHash(SCRIPT)}'`,
  `style-src '${sourceHash(STYLE)}'`,
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const verbs: readonly DocumentVerb[] = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options']

/** Writes the page of a document: one file, readable without scripts, which only filter and ask. */
export function renderPage(document: OpenApiDocument): DocumentationPage {
  const { info, components } = document
  const groups = groupsOf(document)
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${info.title} ${info.version}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${STYLE_ELEMENT}
      </head>
      <body data-base="${basePath(document)}">
        <header>
          <h1>${info.title} <small>${info.version}</small></h1>
          <form class="tools" role="search" hidden>
            <label>Filter <input id="filter" type="search" autocomplete="off" /></label>
            ${tokenField(document)}
          </form>
        </header>
        <nav aria-label="Groups">
          <ul>
            ${[...groups.keys()].map((tag) => html`<li><a href="#${groupId(tag)}">${tag}</a></li>`)}
            <li><a href="#schemas">Schemas</a></li>
          </ul>
        </nav>
        <main>
          ${info.description?.split('\n\n').map((paragraph) => html`<p>${paragraph}</p>`)}
          ${[...groups].map(([tag, operations]) => renderGroup(tag, operations, document))}
          <section id="schemas">
            <h2>Schemas</h2>
            ${Object.entries(components.schemas).map(
              ([name, schema]) =>
                html`<section class="named" id="schema-${name}">
                  <h3>${name}</h3>
                  ${renderProperties(schema)}
                </section>`,
            )}
          </section>
        </main>
        ${SCRIPT_ELEMENT}
      </body>
    </html>`
  return { text: page.text, contentSecurityPolicy: CONTENT_SECURITY_POLICY }
}

/** Where callers give what they are known by: a key in a header of its own, where the service has one and no bearers. */
function tokenField({ components }: OpenApiDocument): Html {
  const schemes = Object.values(components.securitySchemes)
  const isBearer = schemes.some(
    (scheme) => scheme.type === 'http' && scheme.scheme.toLowerCase() === 'bearer',
  )
  const key = schemes.find((scheme) => scheme.type === 'apiKey' && scheme.in === 'header')
  const [label, header, prefix] =
    key?.type === 'apiKey' && !isBearer
      ? [key.name, key.name, '']
      : ['Bearer token', 'Authorization', 'Bearer ']
  return html`<label
    >${label}
    <input id="token" type="password" autocomplete="off" data-header="${header}" data-prefix="${prefix}"
  /></label>`
}

function renderGroup(tag: string, operations: readonly PlacedOperation[], document: OpenApiDocument): Html {
  const description = document.tags?.find(({ name }) => name === tag)?.description
  return html`<section class="group" id="${groupId(tag)}">
    <h2>${tag}</h2>
    ${description && html`<p>${description}</p>`}
    ${operations.map((operation) => renderOperation(operation, document))}
  </section>`
}

/** Operations by their first tag, in the order of the document's tags. */
function groupsOf(document: OpenApiDocument): ReadonlyMap<string, PlacedOperation[]> {
  const groups = new Map<string, PlacedOperation[]>((document.tags ?? []).map(({ name }) => [name, []]))
  for (const [path, item] of Object.entries(document.paths)) {
    for (const verb of verbs) {
      const operation = item[verb]
      if (operation === undefined) continue
      const tag = operation.tags?.[0] ?? 'operations'
      groups.set(tag, [...(groups.get(tag) ?? []), { verb, path, operation }])
    }
  }
  return new Map([...groups].filter(([, operations]) => operations.length > 0))
}

/** Tags may hold spaces, ids may not. */
function groupId(tag: string): string {
  return `tag-${tag.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}`
}

/** The path of the service: a page asks nobody but the server that it comes from. */
function basePath({ servers = [] }: OpenApiDocument): string {
  return new URL(servers[0]?.url ?? '/', 'http://localhost').pathname.replace(/\/$/, '')
}

function sourceHash(text: string): string {
  return `sha256-${hash('sha256', text, 'base64')}`
}
