import type { HitStore } from '@hexapla/repository'
import type { SettingReader } from './setting-reader.ts'

/** Reads where rate limits are counted. */
export function readHitStore(read: SettingReader): HitStore {
  const name = 'HEXAPLA_RATE_LIMIT_STORE'
  const store = read.text(name, 'memory')
  if (store === 'memory' || store === 'database') return store
  // The address may hold a password, so it is not repeated.
  if (/^rediss?:\/\/./.test(store) && URL.canParse(store)) return { redisUrl: store }
  read.fault(`${name} must be memory, database, or an address that begins with redis:// or rediss://`)
  return 'memory'
}
