import { describe, expect, test } from 'vitest'
import { deviceBox } from './device-box.ts'

const instructions = (verificationUri: string) => ({
  verificationUri,
  verificationUriComplete: `${verificationUri}?user_code=WDJB-MJHT`,
  userCode: 'WDJB-MJHT',
  expiresAt: 0,
})
const short = instructions('https://login.example.org/device')
const long = instructions(`https://login.example.org/realms/main/${'protocol/'.repeat(8)}device`)

const widest = (text: string) => Math.max(...text.split('\n').map((line) => line.length))
const qrCode = /[▀▄█]/

test('is a box with the text on the left and the QR code on the right', () => {
  const box = deviceBox(short)
  const lines = box.trimEnd().split('\n')
  expect(lines[0]).toMatch(/^\+-+\+$/)
  expect(lines.at(-1)).toBe(lines[0])
  expect(lines.slice(1, -1).every((line) => line.startsWith('| ') && line.endsWith(' |'))).toBe(true)
  expect(new Set(lines.map((line) => line.length)).size).toBe(1)
  expect(lines.find((line) => line.includes(short.userCode))).toMatch(qrCode)
})

describe('in columns', () => {
  test.each([200, 80, 79, 70, 60, 50, 45, 40, 36])('%i the box fits', (columns) => {
    for (const told of [short, long]) {
      const [box = ''] = deviceBox(told, columns).split('\n\n')
      expect(widest(box)).toBeLessThanOrEqual(Math.min(columns, 80))
    }
  })

  test.each([200, 80, 50, 36, 30, 20, 1])(
    '%i address and code are whole, so that they can be copied',
    (columns) => {
      for (const told of [short, long]) {
        expect(deviceBox(told, columns)).toContain(told.userCode)
        expect(deviceBox(told, columns)).toContain(told.verificationUri)
      }
    },
  )
})

test('puts the QR code below where there is no room beside, and leaves it out where there is none', () => {
  const below = deviceBox(short, 60).split('\n')
  expect(below.some((line) => qrCode.test(line))).toBe(true)
  expect(below.find((line) => line.includes(short.userCode))).not.toMatch(qrCode)
  expect(deviceBox(short, 36)).not.toMatch(qrCode)
  expect(deviceBox(short, 36)).not.toContain('QR')
})

test('leaves the box out where even the text is too wide', () => {
  expect(deviceBox(short, 20)).not.toContain('|')
})

test('shows nothing that steers a terminal', () => {
  const told = { ...short, userCode: 'A\u001B[2JB\u202EC', verificationUri: 'https://x.org/\u0007' }
  const box = deviceBox(told).replaceAll('\n', '')
  expect(box).toContain('A[2JBC')
  expect(box).not.toMatch(/[\p{Cc}\p{Cf}]/u)
})
