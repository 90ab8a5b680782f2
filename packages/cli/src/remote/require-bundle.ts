import type { DSpaceSession } from '@hexapla/client'

interface BundleDocument {
  readonly uuid: string
  readonly name: string
}

/** The uuid of an item's bundle of that name, which is made if need be. */
export async function requireBundle(
  session: DSpaceSession,
  { item, name }: { readonly item: string; readonly name: string },
): Promise<string> {
  const path = `/api/core/items/${encodeURIComponent(item)}/bundles`
  for await (const bundle of session.items<BundleDocument>(path, { size: 100 })) {
    if (bundle.name === name) return bundle.uuid
  }
  const response = await session.post(path, { json: { name, metadata: {} } })
  return ((await response.json()) as BundleDocument).uuid
}
