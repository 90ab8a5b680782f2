import type { Scanner } from './scanner.ts'

/** Numbers and names the groups of a pattern, and knows which of them are inside a repetition. */
export class GroupCounter {
  readonly names = new Map<string, number>()
  /** Groups of which Python keeps the last match, and JavaScript that of the last round alone. */
  readonly repeated = new Set<number>()
  count = 0
  readonly #scanner: Scanner
  /** Of each open group, the number of the first group inside it. */
  readonly #open: number[] = []
  #firstInside = 0

  constructor(scanner: Scanner) {
    this.#scanner = scanner
  }

  /** A group begins; the scanner stands behind the bracket. */
  open(): string {
    const name = this.#scanner.match(/\?P?<([\p{ID_Start}_]\p{ID_Continue}*)>/u)?.[1]
    const kind = name === undefined ? this.#scanner.match(/\?(?:[:=!]|<[=!])/)?.[0] : undefined
    if (name === undefined && kind === undefined && this.#scanner.peek() === '?') {
      throw this.#scanner.fault('this kind of group is not translated')
    }
    if (kind === undefined) this.#number(name)
    this.#open.push(this.count + 1)
    return `(${name === undefined ? (kind ?? '') : `?<${name}>`}`
  }

  #number(name: string | undefined): void {
    this.count++
    if (name === undefined) return
    if (this.names.has(name)) throw this.#scanner.fault(`two groups are called ${name}`)
    this.names.set(name, this.count)
  }

  /** The innermost open group ends. */
  close(): string {
    const firstInside = this.#open.pop()
    if (firstInside === undefined) throw this.#scanner.fault('there is no group to close')
    this.#firstInside = firstInside
    return ')'
  }

  /** The group that was closed last is repeated. */
  repeat(): void {
    for (let group = this.#firstInside; group <= this.count; group++) this.repeated.add(group)
  }
}
