import { MODEL_NAMESPACE, RELATIONS_NAMESPACE } from '@hexapla/repository'

const ISLANDORA_NAMESPACE = 'http://islandora.ca/ontology/relsext#'

/** What the namespaces are called in RELS-EXT. */
const ALIASES: Readonly<Record<string, string>> = {
  [MODEL_NAMESPACE]: 'fedora-model',
  [RELATIONS_NAMESPACE]: 'fedora',
  [ISLANDORA_NAMESPACE]: 'islandora',
  'http://www.openarchives.org/OAI/2.0/': 'oai',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf',
}

/** Predicates that are known under another namespace than that of relationships between objects. */
const HOMES: readonly [namespace: string, predicates: readonly string[]][] = [
  [MODEL_NAMESPACE, ['hasModel', 'hasService', 'isDeploymentOf', 'isContractorOf']],
  [
    ISLANDORA_NAMESPACE,
    [
      'dateIssued',
      'deferDerivatives',
      'generate_ocr',
      'hasLanguage',
      'inheritXacmlFrom',
      'isManageableByRole',
      'isManageableByUser',
      'isPageNumber',
      'isPageOf',
      'isSection',
      'isSequenceNumber',
      'isViewableByRole',
      'isViewableByUser',
      'preprocess',
    ],
  ],
]

/** Whether a namespace has a name of its own. */
export function isKnown(namespace: string): boolean {
  return Object.hasOwn(ALIASES, namespace)
}

/** What a namespace is called. Those that nobody knows are all called the same, which XML allows. */
export function aliasOf(namespace: string): string {
  return (isKnown(namespace) ? ALIASES[namespace] : undefined) ?? 'ns'
}

/** The namespace of a new relationship whose predicate is named alone. */
export function homeOf(predicate: string): string {
  return HOMES.find(([, predicates]) => predicates.includes(predicate))?.[0] ?? RELATIONS_NAMESPACE
}
