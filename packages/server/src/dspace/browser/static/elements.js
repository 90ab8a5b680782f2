/**
 * Makes an element. Texts become text nodes, so nothing that the server sends is ever read as HTML.
 *
 * @param {string} name
 * @param {Record<string, string | boolean | ((event: Event) => void)>} [properties] attributes; functions are listeners
 * @param {...(Node | string | null | undefined)} children
 */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === 'function') made.addEventListener(key, value)
    else if (value === true) made.setAttribute(key, '')
    else if (value !== false) made.setAttribute(key, value)
  }
  made.append(...children.filter((child) => child !== null && child !== undefined))
  return made
}

/** A heading with what belongs under it. */
export function section(title, ...children) {
  return element('section', {}, element('h2', {}, title), ...children)
}
