import type { Actor } from '../../domain/access/actor.ts'
import { allows } from '../../domain/access/allows.ts'
import type { Guarded } from '../../domain/access/guarded.ts'
import type { Collection } from '../../domain/records/record.ts'
import type { Reading } from '../../domain/unit-of-work.ts'
import type { ImportItem } from '../../import/import-item.ts'
import { faultyRow, type ImportRow } from './import-row.ts'

/** An item about which nothing is wrong, and what its references lead to. */
export interface CheckedItem {
  readonly item: ImportItem
  readonly owner: Guarded<Collection>
  /** Further collections to be shown in. */
  readonly mappedInto: readonly string[]
  /** The groups of its files' permissions, by name. */
  readonly groups: ReadonlyMap<string, string>
}

type Stores = Pick<Reading, 'collections' | 'datasets' | 'fields' | 'finder' | 'groups'>

/**
 * Holds items against the repository: their collections exist and may receive them, their fields are in the registry,
 * the groups of their permissions exist, and their handles are free. A fixed number of statements, plus some for each
 * collection and group.
 *
 * @param options.collectionId owns the items that name no collection
 * @param options.today the current day, `YYYY-MM-DD`
 * @returns for each item, in order, what was found or the row that says what is wrong
 */
export async function checkItems(
  stores: Stores,
  actor: Actor,
  items: readonly ImportItem[],
  options: { readonly collectionId: string | null; readonly today: string },
): Promise<readonly (CheckedItem | ImportRow)[]> {
  const collections = await findCollections(stores, items, options.collectionId)
  const unknown = new Set(await stores.fields.unknownAmong([...new Set(items.flatMap(fieldsOf))]))
  const groups = await findGroups(stores, items)
  const handles = items.map(({ handle }) => handle).filter((handle) => handle !== null)
  const taken = new Set((await stores.finder.byHandles(handles)).keys())
  const datasets = await takenDatasets(stores, items)

  return items.map((item) => {
    const { handle, key } = item
    const refused = (message: string) => faultyRow(key, message)
    const references = referencesOf(item, options.collectionId)
    if (references.length === 0) return refused('no collection is named for it')
    const lost = references.find((reference) => !collections.has(reference))
    if (lost !== undefined) return refused(`no collection is ${lost}`)
    const [owner, ...others] = references
      .map((reference) => collections.get(reference))
      .filter((collection) => collection !== undefined)
    if (owner === undefined) return refused('no collection is named for it')
    const closed =
      closedTo(actor, 'ADMIN', [owner], options.today) ?? closedTo(actor, 'ADD', others, options.today)
    if (closed !== undefined) return refused(`you may not add items to collection ${closed}`)
    const field = fieldsOf(item).find((name) => unknown.has(name))
    if (field !== undefined) return refused(`the metadata field ${field} is not in the registry`)
    const group = groupsOf(item).find((name) => !groups.has(name))
    if (group !== undefined) return refused(`no group has the name ${group}`)
    if (handle !== null && taken.has(handle)) return refused(`the handle ${handle} is taken`)
    if (handle !== null) taken.add(handle)
    const dataset = item.dataset?.document.id
    if (dataset !== undefined && datasets.has(dataset))
      return refused(`there is a dataset ${dataset} already`)
    if (dataset !== undefined) datasets.add(dataset)
    const mappedInto = new Set(others.map(({ value }) => value.id))
    mappedInto.delete(owner.value.id)
    return { item, owner, mappedInto: [...mappedInto], groups }
  })
}

/** Whether an item passed {@link checkItems}. */
export function isChecked(result: CheckedItem | ImportRow): result is CheckedItem {
  return 'owner' in result
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

async function findCollections(
  stores: Stores,
  items: readonly ImportItem[],
  collectionId: string | null,
): Promise<ReadonlyMap<string, Guarded<Collection>>> {
  const references = [...new Set(items.flatMap((item) => referencesOf(item, collectionId)))]
  const handles = await stores.finder.byHandles(references.filter((reference) => !UUID.test(reference)))
  const found = new Map<string, Guarded<Collection>>()
  for (const reference of references) {
    const id = UUID.test(reference) ? reference : handles.get(reference)?.id
    const collection = id === undefined ? undefined : await stores.collections.find(id)
    if (collection !== undefined) found.set(reference, collection)
  }
  return found
}

async function findGroups(
  stores: Stores,
  items: readonly ImportItem[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const name of new Set(items.flatMap(groupsOf))) {
    const group = await stores.groups.named(name)
    if (group !== undefined) found.set(name, group.id)
  }
  return found
}

/** The ids of datasets that are taken; nothing is asked where no item brings one. */
async function takenDatasets(stores: Stores, items: readonly ImportItem[]): Promise<Set<string>> {
  const ids = items.flatMap(({ dataset }) => (dataset === undefined ? [] : [dataset.document.id]))
  return new Set(ids.length === 0 ? [] : await stores.datasets.taken(ids))
}

/** The collections that an item names, the owning one first. */
function referencesOf(item: ImportItem, collectionId: string | null): readonly string[] {
  return item.collections.length === 0 && collectionId !== null ? [collectionId] : item.collections
}

function fieldsOf(item: ImportItem): readonly string[] {
  return [
    ...Object.keys(item.metadata),
    ...item.files.flatMap((file) => [
      ...Object.keys(file.metadata),
      ...(file.description === null ? [] : ['dc.description']),
    ]),
  ]
}

function groupsOf(item: ImportItem): readonly string[] {
  return item.files.flatMap((file) => file.permissions.map(({ group }) => group))
}

function closedTo(
  actor: Actor,
  action: 'ADMIN' | 'ADD',
  collections: readonly Guarded<Collection>[],
  today: string,
): string | undefined {
  return collections.find(({ access }) => !allows(actor, action, access, today))?.value.id
}
