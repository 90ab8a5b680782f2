import { describe, expect, it } from 'vitest'
import { createTable } from './table.ts'
import { recordingTerminal } from '../../test/recording-terminal.ts'

describe('createTable', () => {
  it('aligns columns under headings on a screen', () => {
    const terminal = recordingTerminal({ columns: 40 })
    const table = createTable(terminal, ['PID', 'LABEL'])
    table.add(['islandora:1', 'A map'])
    table.add(['a:2', ''])
    table.end()
    expect(terminal.lines).toEqual(['PID          LABEL', 'islandora:1  A map', 'a:2'])
  })

  it('takes from the widest column what does not fit', () => {
    const terminal = recordingTerminal({ columns: 24 })
    const table = createTable(terminal, ['PID', 'LABEL'])
    table.add(['islandora:1', 'A map of the coast of Norway'])
    table.end()
    expect(terminal.lines).toEqual(['PID          LABEL', 'islandora:1  A map of t…'])
    expect(terminal.lines.every(({ length }) => length <= 24)).toBe(true)
  })

  it('prints while rows come, and no headings alone', () => {
    const terminal = recordingTerminal({ columns: 40 })
    createTable(terminal, ['PID']).end()
    expect(terminal.lines).toEqual([])
    const table = createTable(terminal, ['PID'])
    for (let row = 0; row < 1000; row += 1) table.add([`a:${row}`])
    expect(terminal.lines).toHaveLength(1001)
  })

  it('parts whole cells by tabs elsewhere, without what steers terminals', () => {
    const terminal = recordingTerminal({})
    const table = createTable(terminal, ['PID', 'LABEL'])
    table.add(['a:1', 'A\tmap\u001B[2J of\r\nthe coast'])
    table.end()
    expect(terminal.lines).toEqual(['a:1\tA map [2J of the coast'])
  })
})
