import type { VirtualRule, VirtualRules } from './virtual-rules.ts'

/** Names of relationships, from an item that shows a value towards the one that it comes from. */
export type Chain = readonly string[]

/** The chains that values of the fields come along, from items that show them to the one that has changed. */
export function chainsFrom(rules: VirtualRules, changedFields: ReadonlySet<string>): readonly Chain[] {
  return distinct(
    allChains(rules)
      .filter(({ rule: { from } }) => from !== 'uuid' && from.some((field) => changedFields.has(field)))
      .map(({ chain }) => chain),
  )
}

/** What leads, in some chain, from an item that shows a value up to a relationship of the name that has changed. */
export function chainsBefore(rules: VirtualRules, label: string): readonly Chain[] {
  return distinct(
    allChains(rules).flatMap(({ chain }) => {
      const at = chain.indexOf(label)
      return at > 0 ? [chain.slice(0, at)] : []
    }),
  )
}

function allChains(rules: VirtualRules): { readonly chain: Chain; readonly rule: VirtualRule }[] {
  return Object.entries(rules).flatMap(([label, ofLabel]) =>
    ofLabel.map((rule) => ({ chain: [label, ...(rule.via ?? [])], rule })),
  )
}

function distinct(chains: readonly Chain[]): readonly Chain[] {
  return [...new Map(chains.map((chain) => [chain.join(' '), chain])).values()]
}
