/** A path pattern of a route as OpenAPI writes it: `:name` is `{name}`, a trailing `*` is `{rest}`. */
export function templateOf(path: string): string {
  return path.replaceAll(/:(\w+)(?:\([^)]*\))?/g, '{$1}').replace(/\*$/, '{rest}')
}

/** The names of the parameters in a template. */
export function parameterNames(template: string): string[] {
  return [...template.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name)
}

/** A name made of verb and template: `get`, `/fruits/{name}/seeds` → `getFruitsByNameSeeds`. */
export function operationIdOf(verb: string, template: string): string {
  const words = template
    .replaceAll(/\{([^{}]+)\}/g, ' by $1 ')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
  return verb + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
