import { element, section } from './elements.js'
import { linksSection } from './links.js'
import { listView, pager, titleOf } from './list-view.js'

/** A document of the API for people: what it is, what is in it, where it leads, and its JSON. */
export function documentView(body) {
  return [
    element(
      'h1',
      {},
      headingOf(body),
      body.type === undefined ? null : element('span', { class: 'kind' }, body.type),
    ),
    embeddedSection(body),
    propertiesSection(body),
    metadataSection(body.metadata),
    linksSection(body._links ?? {}),
    element(
      'details',
      { class: 'json' },
      element('summary', {}, 'JSON'),
      element('pre', {}, JSON.stringify(body, null, 2)),
    ),
  ]
}

function headingOf(body) {
  if (body.type === 'root') return body.dspaceName
  return body.page === undefined ? titleOf(body) : 'List'
}

function embeddedSection(body) {
  const embedded = Object.entries(body._embedded ?? {}).map(([name, value]) => embeddedView(name, value))
  const pages = body.page === undefined ? null : pager(body.page, body._links)
  if (embedded.length === 0 && pages === null) return null
  return section(body.page === undefined ? 'Embedded' : 'Elements', pages, ...embedded)
}

function embeddedView(name, value) {
  if (value === null) return element('p', { class: 'quiet' }, `${name}: nothing`)
  if (Array.isArray(value)) return listView(name, value)
  if (value.page === undefined) return listView(name, [value])
  const lists = Object.entries(value._embedded ?? { [name]: [] }).map(([inner, list]) =>
    listView(inner, list),
  )
  return element('div', {}, pager(value.page, value._links), ...lists)
}

function propertiesSection(body) {
  const rows = Object.entries(body)
    .filter(([name]) => !['_links', '_embedded', 'metadata', 'page', 'type'].includes(name))
    .map(([name, value]) => tableRow(name, typeof value === 'object' ? JSON.stringify(value) : String(value)))
  return rows.length === 0 ? null : section('Properties', element('table', {}, element('tbody', {}, ...rows)))
}

function metadataSection(metadata) {
  const rows = Object.entries(metadata ?? {}).flatMap(([field, values]) =>
    values.map(({ value, language }) => tableRow(field, value, language)),
  )
  return rows.length === 0 ? null : section('Metadata', element('table', {}, element('tbody', {}, ...rows)))
}

function tableRow(name, value, language) {
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, name),
    element('td', {}, value, language ? element('span', { class: 'kind' }, language) : null),
  )
}
