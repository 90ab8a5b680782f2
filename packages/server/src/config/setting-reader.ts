import type { Environment } from './read-environment.ts'

/** Reads settings one by one and gathers what is wrong with them. */
export class SettingReader {
  readonly faults: string[] = []
  readonly #environment: Environment
  readonly #known = new Set<string>()

  constructor(environment: Environment) {
    this.#environment = environment
  }

  optional(name: string): string | undefined {
    this.#known.add(name)
    const value = this.#environment[name]
    return value === undefined || value === '' ? undefined : value
  }

  text(name: string, fallback: string): string {
    return this.optional(name) ?? fallback
  }

  number(name: string, fallback: number, { least, most }: { least: number; most: number }): number {
    const text = this.optional(name)
    if (text === undefined) return fallback
    const value = Number(text)
    if (Number.isInteger(value) && value >= least && value <= most) return value
    this.faults.push(`${name} must be a whole number from ${least} to ${most}, not "${text}"`)
    return fallback
  }

  choice<const Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice): Choice {
    const text = this.optional(name)
    if (text === undefined) return fallback
    const choice = choices.find((known) => known === text)
    if (choice === undefined) this.faults.push(`${name} must be one of ${choices.join(', ')}, not "${text}"`)
    return choice ?? fallback
  }

  url(name: string, protocols: readonly string[]): string | undefined {
    const text = this.optional(name)
    if (text === undefined) return undefined
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text.replace(/\/+$/, '')
    // The value may hold a password, so it is not repeated.
    this.faults.push(
      `${name} must be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`,
    )
    return undefined
  }

  /** An address of PostgreSQL; one of a socket has no host, so it is not read as a URL. */
  connection(name: string): string | undefined {
    const text = this.optional(name)
    if (text === undefined || /^postgres(ql)?:\/\/\S+$/.test(text)) return text
    this.faults.push(`${name} must be an address that begins with postgresql://`)
    return undefined
  }

  list(name: string, separator = /[\s,]+/): readonly string[] {
    const parts = (this.optional(name) ?? '').split(separator)
    return parts.map((part) => part.trim()).filter((part) => part !== '')
  }

  /** Origins as browsers send them: scheme, host and port, nothing behind. */
  origins(name: string): readonly string[] {
    const origins = this.list(name)
    for (const origin of origins) {
      if (URL.parse(origin)?.origin === origin) continue
      this.faults.push(`${name} lists origins like https://ui.example.org, without a path, not "${origin}"`)
    }
    return origins
  }

  /** Whether any setting of a prefix is there. */
  isAnySet(prefix: string): boolean {
    return Object.entries(this.#environment).some(([name, value]) => name.startsWith(prefix) && value !== '')
  }

  /** What is wrong with several settings together. */
  fault(message: string): void {
    this.faults.push(message)
  }

  refuseUnknown(prefix: string): void {
    for (const name of Object.keys(this.#environment)) {
      if (name.startsWith(prefix) && !this.#known.has(name)) this.faults.push(`${name} is no setting`)
    }
  }
}
