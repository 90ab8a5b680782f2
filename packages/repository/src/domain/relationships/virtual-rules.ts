/** What an item shows in a field of the items that it is related to under a name. */
export interface VirtualRule {
  readonly field: string
  /** Fields of the item that it comes from; `uuid` for its identifier. */
  readonly from: readonly string[] | 'uuid'
  /** Names of further relationships, when it comes from an item that the related one is related to, and so on. */
  readonly via?: readonly string[]
  /** What to put between the values to make one of them; each is shown by itself without. */
  readonly join?: string
  /** Its values share their places with the item's own values of the field. */
  readonly placed?: boolean
  /** A name given by the relationship stands in for the value. */
  readonly nameVariant?: boolean
}

/** The rules by the name that an item shows its related items under. */
export type VirtualRules = Readonly<Record<string, readonly VirtualRule[]>>

/** The field whose own values share their places with the relationships of a name, if there is one. */
export function placedField(rules: VirtualRules, label: string): string | undefined {
  return rulesOf(rules, label).find((rule) => rule.placed === true)?.field
}

/** The names whose relationships share their places with own values, by the field. */
export function labelsByPlacedField(rules: VirtualRules): ReadonlyMap<string, readonly string[]> {
  const labels = new Map<string, string[]>()
  for (const label of Object.keys(rules)) {
    const field = placedField(rules, label)
    if (field !== undefined) labels.set(field, [...(labels.get(field) ?? []), label])
  }
  return labels
}

/** The rules of one name. */
export function rulesOf(rules: VirtualRules, label: string): readonly VirtualRule[] {
  return Object.hasOwn(rules, label) ? (rules[label] ?? []) : []
}
