import type { Actor } from '../../domain/access/actor.ts'
import { groupPolicy, type NewPolicy } from '../../domain/access/policy.ts'
import { dayOf } from '../../domain/clock.ts'
import { metadataValue, type Metadata } from '../../domain/metadata/metadata.ts'
import type { GivenDataset } from '../../domain/datasets/dataset-part.ts'
import type { Identifiers, NamingConfig } from '../../domain/records/identifiers.ts'
import type { Bitstream, Bundle, Item } from '../../domain/records/record.ts'
import type { FormatStore } from '../../domain/registries/registry-store.ts'
import type { ImportFile } from '../../import/import-item.ts'
import { newBundle } from '../files/create-bundle.ts'
import { newBundlePolicies, newFilePolicies } from '../files/file-policies.ts'
import { guessFormat } from '../files/guess-format.ts'
import { newBitstream } from '../files/add-file.ts'
import { archivedItem } from '../items/create-item.ts'
import { inheritedItemPolicies } from '../items/item-policies.ts'
import type { CheckedItem } from './check-items.ts'
import type { StagedFile } from './stage-items.ts'

/** An item with everything that belongs to it, ready to be written. */
export interface ImportedRecords {
  readonly key: string
  readonly item: Item
  /** With their primary files. */
  readonly bundles: readonly Bundle[]
  readonly bitstreams: readonly Bitstream[]
  readonly policies: readonly NewPolicy[]
  readonly mappedInto: readonly string[]
  readonly dataset?: GivenDataset
}

/** What building records needs beside the item. */
export interface BuildContext {
  readonly actor: Actor
  readonly names: Identifiers
  readonly now: Date
  readonly naming: Pick<NamingConfig, 'handleResolver'>
  readonly formats: Pick<FormatStore, 'guess'>
}

/** Makes the records of an item by the rules by which they are made one by one: see `archivedItem` and its like. */
export async function buildRecords(
  checked: CheckedItem,
  files: readonly StagedFile[],
  context: BuildContext,
): Promise<ImportedRecords> {
  const { owner, groups } = checked
  const { now } = context
  const item = archivedItem({ owningCollectionId: owner.value.id, metadata: checked.item.metadata }, context)
  const itemPolicies = inheritedItemPolicies(item.id, owner.access.policies)
  const policies: NewPolicy[] = [...itemPolicies]
  const bundles: Bundle[] = []
  const bitstreams: Bitstream[] = []
  for (const [name, members] of Map.groupBy(files, ({ file }) => file.bundle)) {
    const bundle = newBundle({ itemId: item.id, name }, now)
    const bundlePolicies = newBundlePolicies(bundle, item, itemPolicies)
    let primaryBitstreamId: string | null = null
    for (const { file, content } of members) {
      const clues = { name: file.name, head: content.head, mimetype: file.mimetype ?? undefined }
      const place = { bundle, formatId: await guessFormat(context.formats, clues), now }
      const { head: _head, ...stored } = content
      const fresh = newBitstream({ name: file.name, metadata: metadataOf(file), content: stored }, place)
      const bitstream = { ...fresh, sequenceId: bitstreams.length + 1 }
      bitstreams.push(bitstream)
      if (file.primary) primaryBitstreamId = bitstream.id
      const home = {
        bundleName: name,
        inherited: bundlePolicies,
        item: { value: item, access: { containerIds: [owner.value.id], policies: itemPolicies } },
        collection: owner.access.policies,
      }
      policies.push(
        ...(file.permissions.length > 0
          ? permitted(bitstream.id, file, groups)
          : newFilePolicies(bitstream.id, home, dayOf(now))),
      )
    }
    policies.push(...bundlePolicies)
    bundles.push({ ...bundle, primaryBitstreamId })
  }
  const { key, dataset } = checked.item
  const { mappedInto } = checked
  return { key, item, bundles, bitstreams, policies, mappedInto, ...(dataset && { dataset }) }
}

function metadataOf(file: ImportFile): Metadata {
  if (file.description === null) return file.metadata
  return { ...file.metadata, 'dc.description': [metadataValue(file.description)] }
}

/** What a source says of who may read or write a file takes the place of what it would inherit. */
function permitted(
  bitstreamId: string,
  file: ImportFile,
  groups: ReadonlyMap<string, string>,
): readonly NewPolicy[] {
  return file.permissions.flatMap(({ action, group }) => {
    const groupId = groups.get(group)
    if (groupId === undefined) return []
    const policy = groupPolicy(bitstreamId, action === 'read' ? 'READ' : 'WRITE', groupId)
    return [{ ...policy, origin: 'custom' as const }]
  })
}
