/**
 * A regular expression for the words that differ from one by so many letters at most: left out, added, replaced, or two
 * neighbours exchanged, as Lucene counts.
 */
export function fuzzyExpression(word: string, distance: 1 | 2): string {
  let forms: ReadonlySet<string> = new Set([JSON.stringify(Array.from(word))])
  for (let step = 0; step < distance; step += 1) {
    forms = new Set([...forms].flatMap((form) => [form, ...neighbours(JSON.parse(form) as string[])]))
  }
  const expressions = [...forms].map((form) => (JSON.parse(form) as string[]).map(letterExpression).join(''))
  return `(?:${expressions.join('|')})`
}

/** Stands for any letter. */
const ANY = ''

function neighbours(letters: readonly string[]): string[] {
  const found: string[][] = []
  for (let index = 0; index <= letters.length; index += 1) {
    found.push(letters.toSpliced(index, 0, ANY))
    if (index === letters.length) break
    found.push(letters.toSpliced(index, 1), letters.with(index, ANY))
    const [one, other] = letters.slice(index, index + 2)
    if (one !== undefined && other !== undefined) found.push(letters.toSpliced(index, 2, other, one))
  }
  return found.map((form) => JSON.stringify(form))
}

function letterExpression(letter: string): string {
  if (letter === ANY) return '.'
  return /[\p{L}\p{N}]/u.test(letter) ? letter : `\\${letter}`
}
