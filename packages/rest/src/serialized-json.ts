/** A JSON document that is text already; see {@link json}. */
export class SerializedJson {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** Marks `text` as a serialised JSON document, so that a verb method can return it without serialising again. */
export function json(text: string): SerializedJson {
  return new SerializedJson(text)
}
