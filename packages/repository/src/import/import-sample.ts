import { join } from 'node:path'
import { SYSTEM_ACTOR } from '../domain/access/actor.ts'
import type { ImportRow } from '../services/import/import-row.ts'
import type { UseCases } from '../use-cases.ts'
import { readDataPackage } from './datapackage/read-datapackage.ts'
import { samplePackageDirectory } from './datapackage/sample-package.ts'
import { readGeojson } from './geojson/read-geojson.ts'

/**
 * Fills a new repository with its sample, or goes on where an earlier call was interrupted. Nothing happens when the
 * sample is complete or the repository is in use.
 *
 * @param options.signal ends the import; a later call goes on
 * @returns the rows of the import
 */
export async function* importSample(
  useCases: Pick<UseCases, 'imports' | 'sample'>,
  options: { readonly signal?: AbortSignal } = {},
): AsyncGenerator<ImportRow, void, void> {
  const begun = await useCases.sample.begin(SYSTEM_ACTOR)
  if (begun === null) return
  const { collectionId, earthquakesId } = begun
  const { resources } = await readDataPackage(samplePackageDirectory())
  const run = useCases.imports.run(SYSTEM_ACTOR, resources, {
    importId: 'sample',
    collection: collectionId,
    // Small chunks show soon, and let the process end soon.
    chunkSize: 10,
    ...(options.signal && { signal: options.signal }),
  })
  for await (const rows of run) yield* rows
  const datasets = useCases.imports.run(SYSTEM_ACTOR, readEarthquakes(), {
    importId: 'sample-earthquakes',
    collection: earthquakesId,
    ...(options.signal && { signal: options.signal }),
  })
  for await (const rows of datasets) yield* rows
  await useCases.sample.finish(SYSTEM_ACTOR)
}

/** A week of earthquakes of the world, as the United States Geological Survey tells them. */
function readEarthquakes() {
  return readGeojson(join(samplePackageDirectory(), 'data', 'earthquakes.json'), {
    dataset: 'earthquakes',
    type: 'earthquake',
    start: 'time',
    label: 'title',
  })
}
