import { describe, expect, it } from 'vitest'
import { createProgress, plainLine } from './progress.ts'
import { recordingTerminal } from '../../test/recording-terminal.ts'
import type { Terminal } from './terminal.ts'

describe('plainLine', () => {
  it('tells share, rate and the time left', () => {
    const state = { done: 500_000_000, total: 2_000_000_000, rate: 50_000_000 }
    expect(plainLine('a.zip', 'bytes', state)).toBe('a.zip  25 % of 2.00 GB, 50.0 MB/s, 0:30 left')
  })
  it('tells what is done where nobody knows the whole', () => {
    expect(plainLine('import', 'items', { done: 120, total: undefined, rate: 60 })).toBe(
      'import  120 items, 60 items/s',
    )
  })
})

describe('createProgress', () => {
  const run = (terminal: Terminal): void => {
    let now = 0
    const progress = createProgress(terminal, { label: 'x', unit: 'bytes', clock: () => now })
    for (now = 0; now <= 12_000; now += 100) progress.update(now, 20_000)
  }
  it('writes a line every few seconds where nobody watches', () => {
    const terminal = recordingTerminal({ json: false, isLive: false })
    run(terminal)
    expect(terminal.lines).toHaveLength(2)
  })
  it('moves on a live terminal', () => {
    const terminal = recordingTerminal({ json: false, isLive: true })
    run(terminal)
    expect(terminal.lines.length).toBeGreaterThan(100)
    expect(terminal.lines.at(-1)).toMatch(/\[=+ +\]/)
  })
  it('is silent with JSON', () => {
    const terminal = recordingTerminal({ json: true, isLive: false })
    run(terminal)
    expect(terminal.lines).toEqual([])
  })
})
