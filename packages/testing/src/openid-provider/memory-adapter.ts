import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'

interface Entry {
  readonly model: string
  readonly payload: AdapterPayload
  readonly expiresAt: number
}

/** Keeps what a provider issues in memory, so that it outlives a restart of its server and a rotation of its keys. */
export function memoryAdapter(): AdapterFactory {
  const entries = new Map<string, Entry>()

  const alive = (entry: Entry | undefined): AdapterPayload | undefined =>
    entry !== undefined && entry.expiresAt > Date.now() ? entry.payload : undefined
  const found = (matches: (entry: Entry) => boolean): Promise<AdapterPayload | undefined> =>
    Promise.resolve(alive(entries.values().find(matches)))

  return (model): Adapter => {
    const key = (id: string) => `${model}:${id}`
    return {
      upsert(id, payload, expiresIn) {
        const expiresAt = expiresIn === undefined ? Infinity : Date.now() + expiresIn * 1000
        entries.set(key(id), { model, payload: { ...payload }, expiresAt })
        return Promise.resolve()
      },
      find: (id) => Promise.resolve(alive(entries.get(key(id)))),
      findByUid: (uid) => found((entry) => entry.model === model && entry.payload.uid === uid),
      findByUserCode: (code) => found((entry) => entry.model === model && entry.payload.userCode === code),
      consume(id) {
        const payload = entries.get(key(id))?.payload
        if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000)
        return Promise.resolve()
      },
      destroy(id) {
        entries.delete(key(id))
        return Promise.resolve()
      },
      revokeByGrantId(grantId) {
        for (const [id, { payload }] of entries) if (payload.grantId === grantId) entries.delete(id)
        return Promise.resolve()
      },
    }
  }
}
