/** Text that is HTML already. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What may stand in {@link html}: texts are escaped, lists joined, `undefined` and `false` are nothing. */
export type Shown = Html | string | number | false | undefined | readonly Shown[]

/**
 * A piece of HTML whose values are escaped. Indents of the template are left out, of the values nothing is.
 *
 * @example
 * html`<li>${name}</li>`
 */
export function html(pieces: TemplateStringsArray, ...values: readonly Shown[]): Html {
  return new Html(
    pieces.map((piece, index) => piece.replaceAll(/\n\s+/g, '\n') + textOf(values[index])).join(''),
  )
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function textOf(value: Shown): string {
  if (value === undefined || value === false) return ''
  if (value instanceof Html) return value.text
  if (typeof value === 'object') return value.map(textOf).join('')
  return String(value).replaceAll(/[&<>"']/g, (character) => escapes[character] ?? character)
}
