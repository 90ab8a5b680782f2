import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ContentStore, HEAD_BYTES } from '../src/domain/files/content-store.ts'

/** A store under test, empty, on a real backend. */
export interface ContentStoreFixture {
  readonly store: ContentStore
  /** Another store over the same place, as after a restart. */
  readonly reopen: () => Promise<ContentStore>
  /** Changes one byte of permanent content behind the store's back. */
  readonly corrupt: (sha256: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** What every {@link ContentStore} has to do, whatever it is built on. */
export function contentStoreSuite(backend: string, create: () => Promise<ContentStoreFixture>): void {
  let fixture: ContentStoreFixture
  let store: ContentStore

  beforeEach(async () => {
    fixture = await create()
    store = fixture.store
  })

  afterEach(() => fixture.close())

  const read = async (...args: Parameters<ContentStore['open']>): Promise<Buffer> =>
    buffer(await store.open(...args))

  async function storeKept(bytes: Uint8Array): Promise<string> {
    const { stagingName, sha256 } = await store.stage(chunked(bytes, 1000))
    await store.keep(stagingName, sha256)
    return sha256
  }

  describe(`${backend}: staging`, () => {
    test.each([0, 1, 2048, HEAD_BYTES - 1, HEAD_BYTES, HEAD_BYTES + 1, 1024 * 1024, 3 * 1024 * 1024 + 7])(
      'takes %i bytes, with both digests and their beginning',
      async (size) => {
        const bytes = randomBytes(size)
        const staged = await store.stage(chunked(bytes, 60_001))
        expect(staged).toEqual({
          stagingName: staged.stagingName,
          size,
          sha256: createHash('sha256').update(bytes).digest('hex'),
          md5: createHash('md5').update(bytes).digest('hex'),
          head: bytes.subarray(0, HEAD_BYTES),
        })
        expect((await read(staged)).equals(bytes)).toBe(true)
        expect(await store.size(staged)).toBe(size)
      },
    )

    test('takes many tiny chunks in their order', async () => {
      const bytes = randomBytes(5000)
      const staged = await store.stage(chunked(bytes, 1))
      expect((await read(staged)).equals(bytes)).toBe(true)
    })

    test('keeps uploads at the same time apart', async () => {
      const contents = Array.from({ length: 20 }, () => randomBytes(200_000))
      const all = await Promise.all(contents.map((bytes) => store.stage(chunked(bytes, 7777))))
      for (const [index, staged] of all.entries()) {
        expect(
          createHash('sha256')
            .update(await read(staged))
            .digest('hex'),
        ).toBe(staged.sha256)
        expect(staged.size).toBe(contents[index]?.length)
      }
      expect(await stagedNames(store)).toEqual(all.map(({ stagingName }) => stagingName).sort())
    })

    test('takes exactly maxBytes, and refuses one more without reading on', async () => {
      const source = Readable.from(chunked(randomBytes(5000), 500))
      expect(await store.stage(chunked(randomBytes(1000), 100), { maxBytes: 1000 })).toMatchObject({
        size: 1000,
      })
      await expect(store.stage(source, { maxBytes: 999 })).rejects.toMatchObject({
        code: 'TOO_LARGE',
        data: { maxBytes: 999 },
      })
      expect(source.destroyed).toBe(true)
      expect(await stagedNames(store)).toHaveLength(1)
    })

    test('passes a failure of the source on and leaves nothing behind', async () => {
      const failure = new Error('The connection broke')
      async function* broken(): AsyncGenerator<Buffer> {
        yield randomBytes(3 * 1024 * 1024)
        throw failure
      }
      await expect(store.stage(broken())).rejects.toBe(failure)
      expect(await stagedNames(store)).toEqual([])
    })

    test.each([
      { moment: 'before it begins', delay: undefined, silent: false },
      { moment: 'while chunks come', delay: 20, silent: false },
      { moment: 'while the source is silent', delay: 20, silent: true },
    ])('ends when aborted $moment', async ({ delay, silent }) => {
      const abort = new AbortController()
      const reason = new Error('The client went away')
      if (delay === undefined) abort.abort(reason)
      else setTimeout(() => abort.abort(reason), delay)
      async function* source(): AsyncGenerator<Buffer> {
        for (;;) {
          yield randomBytes(100_000)
          await new Promise((resolve) => setTimeout(resolve, silent ? 1_000_000 : 1).unref())
        }
      }
      await expect(store.stage(source(), { signal: abort.signal })).rejects.toBe(reason)
      expect(await stagedNames(store)).toEqual([])
    })

    test('closes a stream that it was aborted on', async () => {
      const abort = new AbortController()
      const source = new Readable({ read: () => undefined })
      source.push('beginning')
      setTimeout(() => abort.abort(), 20)
      await expect(store.stage(source, { signal: abort.signal })).rejects.toMatchObject({
        name: 'AbortError',
      })
      expect(source.destroyed).toBe(true)
    })

    test.each([10, 100_000])(
      'lists what is staged, with its age, and discards it: %i bytes',
      async (size) => {
        const { stagingName } = await store.stage(chunked(randomBytes(size), size))
        const names = await stagedNames(store)
        expect(names.map((name) => stagingName.startsWith(name))).toEqual([true])
        for await (const { modifiedAt } of store.listStaged()) {
          expect(Math.abs(Date.now() - modifiedAt.getTime())).toBeLessThan(10_000)
        }
        await store.discard(stagingName)
        await store.discard(stagingName)
        expect(await stagedNames(store)).toEqual([])
      },
    )
  })

  describe(`${backend}: keeping`, () => {
    test.each([5000, 500_000])(
      'moves content from staging to its digest, also across a restart: %i bytes',
      async (size) => {
        const bytes = randomBytes(size)
        const { stagingName, sha256 } = await store.stage(chunked(bytes, 999))
        store = await fixture.reopen()
        expect((await read({ sha256, stagingName })).equals(bytes)).toBe(true)
        expect(await store.size({ sha256, stagingName })).toBe(size)
        await store.keep(stagingName, sha256)
        // What others may share with it is left to the sweep.
        for (const name of await stagedNames(store)) await store.discard(name)
        store = await fixture.reopen()
        expect((await read({ sha256 })).equals(bytes)).toBe(true)
        expect((await read({ sha256, stagingName })).equals(bytes)).toBe(true)
      },
    )

    test('may be repeated, and at the same time', async () => {
      const { stagingName, sha256 } = await store.stage(chunked(randomBytes(5000), 999))
      await Promise.all([store.keep(stagingName, sha256), store.keep(stagingName, sha256)])
      await store.keep(stagingName, sha256)
      expect(await store.verify(sha256)).toBe('intact')
    })

    test('keeps several at once, two of the same bytes among them, and again', async () => {
      const bytes = [randomBytes(10), randomBytes(10), randomBytes(10)]
      const staged = await Promise.all(
        [...bytes, bytes[0] ?? ''].map((one) => store.stage(chunked(Buffer.from(one), 4))),
      )
      await store.keepAll(staged)
      await store.keepAll(staged)
      await store.keepAll([])
      expect(await stagedNames(store)).toEqual([])
      for (const [index, { sha256 }] of staged.slice(0, 3).entries()) {
        expect((await read({ sha256 })).equals(bytes[index] ?? Buffer.alloc(0))).toBe(true)
      }
      const gone = await store.stage(chunked(randomBytes(10), 4))
      await store.discard(gone.stagingName)
      await expect(store.keepAll([gone])).rejects.toMatchObject({ code: 'CONTENT_MISSING' })
    })

    test('holds the same bytes once', async () => {
      const bytes = randomBytes(5000)
      expect(await storeKept(bytes)).toBe(await storeKept(bytes))
      expect(await stagedNames(store)).toEqual([])
    })

    test('does not disturb who is reading', async () => {
      const bytes = randomBytes(3 * 1024 * 1024)
      const staged = await store.stage(chunked(bytes, 65_536))
      const stream = await store.open(staged)
      await store.keep(staged.stagingName, staged.sha256)
      expect((await buffer(stream)).equals(bytes)).toBe(true)
    })

    test('refuses what is not there', async () => {
      const { stagingName, sha256 } = await store.stage(chunked(randomBytes(10), 10))
      await store.discard(stagingName)
      await expect(store.keep(stagingName, sha256)).rejects.toMatchObject({
        code: 'CONTENT_MISSING',
        data: { sha256 },
      })
    })
  })

  describe(`${backend}: reading`, () => {
    test.each([
      { start: 0, end: 0 },
      { start: 10, end: 19 },
      { start: 999_990, end: 999_999 },
      { start: 999_990, end: 2_000_000 },
      { start: 0, end: 999_999 },
    ])('gives the bytes $start to $end', async (range) => {
      const bytes = randomBytes(1_000_000)
      const sha256 = await storeKept(bytes)
      expect((await read({ sha256 }, range)).equals(bytes.subarray(range.start, range.end + 1))).toBe(true)
    })

    test.each([
      { start: 9, end: 8 },
      { start: -1, end: 8 },
      { start: 0.5, end: 8 },
    ])('refuses the range $start to $end', async (range) => {
      const sha256 = await storeKept(randomBytes(100))
      await expect(store.open({ sha256 }, range)).rejects.toMatchObject({
        code: 'CONTENT_RANGE_INVALID',
        data: range,
      })
    })

    test('names content that is missing', async () => {
      const sha256 = 'a'.repeat(64)
      const stagingName = '00000000-0000-4000-8000-000000000000'
      await expect(store.open({ sha256 })).rejects.toMatchObject({
        code: 'CONTENT_MISSING',
        data: { sha256 },
      })
      await expect(store.open({ sha256, stagingName })).rejects.toMatchObject({ code: 'CONTENT_MISSING' })
      expect(await store.size({ sha256, stagingName: null })).toBeUndefined()
      expect(await store.verify(sha256)).toBe('missing')
    })

    test('refuses names that are none', async () => {
      const sha256 = 'a'.repeat(64)
      for (const name of ['', '..', '../x', `${'a'.repeat(62)}/.`, 'A'.repeat(64)]) {
        const refusal = { code: 'CONTENT_NAME_INVALID', data: { name } }
        await expect(async () => store.open({ sha256: name })).rejects.toMatchObject(refusal)
        await expect(async () => store.open({ sha256, stagingName: name })).rejects.toMatchObject(refusal)
        await expect(async () => store.discard(name)).rejects.toMatchObject(refusal)
        await expect(async () => store.remove(name)).rejects.toMatchObject(refusal)
      }
    })

    test('removes content, again and again, while others read it', async () => {
      const bytes = randomBytes(3 * 1024 * 1024)
      const sha256 = await storeKept(bytes)
      const stream = await store.open({ sha256 })
      await store.remove(sha256)
      await store.remove(sha256)
      expect((await buffer(stream)).equals(bytes)).toBe(true)
      await expect(store.open({ sha256 })).rejects.toMatchObject({ code: 'CONTENT_MISSING' })
    })
  })

  describe(`${backend}: fixity`, () => {
    test('tells changed content from intact content, and fresh bytes heal it', async () => {
      const bytes = randomBytes(2_000_000)
      const sha256 = await storeKept(bytes)
      expect(await store.verify(sha256)).toBe('intact')
      await fixture.corrupt(sha256)
      expect(await store.verify(sha256)).toBe('changed')
      await storeKept(bytes)
      expect(await store.verify(sha256)).toBe('intact')
    })
  })
}

async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function stagedNames(store: ContentStore): Promise<string[]> {
  const names: string[] = []
  for await (const { stagingName } of store.listStaged()) names.push(stagingName)
  return names.sort()
}
