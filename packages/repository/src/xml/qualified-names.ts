import { XmlElement } from '@rgrove/parse-xml'

/** The name of an element under Namespaces in XML 1.0: its namespace, empty for none, and its local part. */
export interface QualifiedName {
  readonly namespace: string
  readonly local: string
}

/** What namespace and local part an element's name stands for. A prefix that nobody declared stands for none. */
export function qualifiedName(element: XmlElement): QualifiedName {
  return resolve(element, element.name)
}

/** The same of a name that is written within an element, e.g. the value of `xsi:type`. */
export function resolve(element: XmlElement, name: string): QualifiedName {
  const at = name.indexOf(':')
  const prefix = at === -1 ? '' : name.slice(0, at)
  return { namespace: namespaceOf(element, prefix), local: name.slice(at + 1) }
}

/** The elements directly within one that have a namespace and, if given, a local name. */
export function childrenNamed(parent: XmlElement, namespace: string, local?: string): readonly XmlElement[] {
  return elementsIn(parent).filter((child) => {
    const name = qualifiedName(child)
    return name.namespace === namespace && (local === undefined || name.local === local)
  })
}

/** The first of {@link childrenNamed}. */
export function childNamed(parent: XmlElement, namespace: string, local: string): XmlElement | undefined {
  return childrenNamed(parent, namespace, local)[0]
}

/** The elements directly within one. */
export function elementsIn(parent: XmlElement): readonly XmlElement[] {
  return parent.children.filter((child) => child instanceof XmlElement)
}

/** The prefixes declared around an element, the nearest declaration first; the empty one is the default. */
export function namespacesAround(element: XmlElement): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const scope of scopesFrom(element)) {
    for (const [name, value] of Object.entries(scope.attributes)) {
      const prefix = /^xmlns(?::(.+))?$/.exec(name)
      if (prefix !== null && !found.has(prefix[1] ?? '')) found.set(prefix[1] ?? '', value)
    }
  }
  return found
}

function namespaceOf(element: XmlElement, prefix: string): string {
  const declaration = prefix === '' ? 'xmlns' : `xmlns:${prefix}`
  for (const scope of scopesFrom(element)) {
    const namespace = scope.attributes[declaration]
    if (namespace !== undefined) return namespace
  }
  return ''
}

function* scopesFrom(element: XmlElement): Generator<XmlElement, void, void> {
  for (let scope: unknown = element; scope instanceof XmlElement; scope = scope.parent) yield scope
}
