import { readFileSync } from 'node:fs'

interface PackageDocument {
  readonly scripts: Readonly<Record<'start' | 'hexapla', string>>
}

const { scripts } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as PackageDocument

/** The options that a script of the project starts Node with, so that what is shown is what people run. */
export function nodeOptions(script: 'start' | 'hexapla'): string[] {
  return scripts[script].split(' ').filter((word) => word.startsWith('--'))
}
