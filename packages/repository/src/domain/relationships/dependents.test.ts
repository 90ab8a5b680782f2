import { expect, test } from 'vitest'
import { chainsBefore, chainsFrom } from './dependents.ts'
import type { VirtualRules } from './virtual-rules.ts'

const RULES: VirtualRules = {
  isAuthorOfWork: [{ field: 'author', from: ['name'] }],
  isIssueOfWork: [
    { field: 'journal', from: ['title'], via: ['isVolumeOfIssue', 'isJournalOfVolume'] },
    { field: 'journalId', from: 'uuid', via: ['isVolumeOfIssue', 'isJournalOfVolume'] },
    { field: 'volume', from: ['title', 'number'], via: ['isVolumeOfIssue'] },
  ],
}

test('what has changed is shown at the end of each way that takes a value from it', () => {
  expect(chainsFrom(RULES, new Set(['name']))).toEqual([['isAuthorOfWork']])
  expect(chainsFrom(RULES, new Set(['title']))).toEqual([
    ['isIssueOfWork', 'isVolumeOfIssue', 'isJournalOfVolume'],
    ['isIssueOfWork', 'isVolumeOfIssue'],
  ])
  expect(chainsFrom(RULES, new Set(['anything else']))).toEqual([])
})

test('a relationship is on the way of those further away', () => {
  expect(chainsBefore(RULES, 'isAuthorOfWork')).toEqual([])
  expect(chainsBefore(RULES, 'isVolumeOfIssue')).toEqual([['isIssueOfWork']])
  expect(chainsBefore(RULES, 'isJournalOfVolume')).toEqual([['isIssueOfWork', 'isVolumeOfIssue']])
})
