import { findPackageJSON } from 'node:module'
import { dirname } from 'node:path'

/**
 * The directory of the Data Package that fills a new repository with a sample: vega-datasets, real data files with
 * their sources and licences.
 */
export function samplePackageDirectory(): string {
  const path = findPackageJSON('vega-datasets', import.meta.url)
  if (path === undefined)
    throw new Error('vega-datasets is a dependency of this package, but is not installed')
  return dirname(path)
}
