import { expect, test } from 'vitest'
import { discardBody } from './discard-body.ts'

test('a body that broke already is let go of like any other', async () => {
  const broken = new ReadableStream({ start: (controller) => controller.error(new Error('cut off')) })
  await expect(discardBody(new Response(broken))).resolves.toBeUndefined()
})
