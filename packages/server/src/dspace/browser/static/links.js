import { element, section } from './elements.js'
import { pathOf } from './session.js'

/** A link into this page, or out of it for an address of somewhere else. */
export function linkTo(href, text) {
  const path = pathOf(href)
  return path === undefined
    ? element('a', { href, rel: 'noreferrer' }, text)
    : element('a', { href: `#${path}` }, text)
}

/** Every link of a document. */
export function linksSection(links) {
  const entries = Object.entries(links).flatMap(([rel, link]) =>
    Array.isArray(link) ? link.map((one) => [`${rel}: ${one.name}`, one]) : [[rel, link]],
  )
  if (entries.length === 0) return null
  return section(
    'Links',
    element('ul', { class: 'links' }, ...entries.map(([rel, link]) => entry(rel, link.href))),
  )
}

function entry(rel, href) {
  return href.includes('{') ? element('li', {}, template(rel, href)) : element('li', {}, linkTo(href, rel))
}

/** A URI template as a small form: `{?name,other}` become fields of the query, `{name}` a part of the path. */
function template(rel, href) {
  const names = [...href.matchAll(/\{\??([^}]+)\}/g)].flatMap((match) => match[1].split(','))
  const fields = new Map(
    names.map((name) => [
      name,
      element('input', { type: 'text', 'aria-label': `${rel} ${name}`, placeholder: name }),
    ]),
  )
  const follow = (event) => {
    event.preventDefault()
    const path = pathOf(
      href.replaceAll(/\{(\??)([^}]+)\}/g, (_whole, mark, list) => filled(mark, list.split(','))),
    )
    if (path !== undefined) window.location.hash = path
  }
  const filled = (mark, list) => {
    if (mark === '') return list.map((name) => encodeURIComponent(fields.get(name).value)).join(',')
    return `?${new URLSearchParams(list.map((name) => [name, fields.get(name).value]))}`
  }
  return element(
    'form',
    { class: 'template', submit: follow },
    element('span', {}, rel),
    ...fields.values(),
    element('button', { type: 'submit' }, 'Follow'),
  )
}
