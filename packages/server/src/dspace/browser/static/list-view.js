import { element } from './elements.js'
import { linkTo } from './links.js'

const STEPS = [
  ['first', '« first'],
  ['prev', '‹ previous'],
  ['next', 'next ›'],
  ['last', 'last »'],
]

/** The elements of a list, each as a line. */
export function listView(name, resources) {
  return element(
    'div',
    { class: 'list' },
    element('h3', {}, name),
    resources.length === 0
      ? element('p', { class: 'quiet' }, 'Nothing in it.')
      : element('ul', { class: 'rows' }, ...resources.map(row)),
  )
}

/** Where in a list this page is, with the ways to others. */
export function pager(page, links) {
  const { number, totalPages, totalElements } = page
  const where = totalElements === 0 ? 'empty' : `page ${number + 1} of ${totalPages}, ${totalElements} in all`
  const steps = STEPS.map(([rel, text]) =>
    links?.[rel] === undefined ? element('span', { class: 'quiet' }, text) : linkTo(links[rel].href, text),
  )
  return element('nav', { class: 'pager', 'aria-label': 'Pages' }, ...steps, element('span', {}, where))
}

function row(resource) {
  // A search wraps what it found.
  const shown = resource._embedded?.indexableObject ?? resource
  const title = titleOf(shown)
  const self = shown._links?.self?.href
  return element(
    'li',
    {},
    self === undefined ? title : linkTo(self, title),
    element('span', { class: 'kind' }, shown.type ?? ''),
    element('span', { class: 'quiet' }, shown.handle ?? shown.email ?? shown.mimetype ?? ''),
  )
}

/** What to call a resource. */
export function titleOf(resource) {
  const field = [resource.element, resource.qualifier].filter(Boolean).join('.')
  return String(
    resource.name ||
      resource.prefix ||
      field ||
      resource.shortDescription ||
      resource.uuid ||
      resource.id ||
      resource.type ||
      'untitled',
  )
}
