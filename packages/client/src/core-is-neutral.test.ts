import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'

// Whatever is not under node/ must run in browsers and other runtimes too.
test('the core imports nothing of Node', async () => {
  const files = await readdir(import.meta.dirname, { recursive: true })
  const core = files.filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !/^node\b/.test(file),
  )
  expect(core.length).toBeGreaterThan(20)
  const texts = await Promise.all(core.map((file) => readFile(join(import.meta.dirname, file), 'utf8')))
  const faulty = core.filter((_file, n) => /from '(node:|\.{1,2}\/node[/.])|\bBuffer\./.test(texts[n] ?? ''))
  expect(faulty).toEqual([])
})
