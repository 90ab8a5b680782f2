/** A path pattern of a route as OpenAPI writes it: `:name` is `{name}`, a trailing `*` is `{rest}`. */
export function templateOf(path: string): string {
  return path.replaceAll(/:(\w+)(?:\([^)]*\))?/g, '{$1}').replace(/\*$/, '{rest}')
}

/** The names of the parameters in a template. */
export function parameterNames(template: string): string[] {
  return [...template.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name)
}

/** The `operationId` that an operation has by itself: `get`, `/fruits/:name/seeds` is `getFruitsByNameSeeds`. */
export function operationIdOf(verb: string, path: string): string {
  const words = templateOf(path)
    .replaceAll(/\{([^{}]+)\}/g, ' by $1 ')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
  return verb + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
