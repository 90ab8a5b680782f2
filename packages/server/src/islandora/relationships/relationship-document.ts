import { MODEL_NAMESPACE, RELATIONS_NAMESPACE, type Triple } from '@hexapla/repository'

/** What the namespaces are called in RELS-EXT. */
const ALIASES: Readonly<Record<string, string>> = {
  [MODEL_NAMESPACE]: 'fedora-model',
  [RELATIONS_NAMESPACE]: 'fedora',
}

/** What a namespace is called. */
export function aliasOf(namespace: string): string {
  return ALIASES[namespace] ?? 'ns'
}

/** A relationship (document 004, "List Existing Relationships"). */
export function relationshipDocument({ namespace, predicate, object }: Triple) {
  return {
    predicate: { value: predicate, alias: aliasOf(namespace), namespace },
    object: { literal: false, value: object },
  }
}
