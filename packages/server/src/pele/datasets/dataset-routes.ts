import type { UseCases } from '@hexapla/repository'
import type { RestServer } from '@hexapla/rest'
import { PELE_API } from '../pele-address.ts'
import { DatasetHandler } from './dataset-handler.ts'
import { FieldsHandler, OverlapsHandler } from './fields-handlers.ts'
import { IdsHandler } from './id-handler.ts'
import { NamesHandler, TypesHandler } from './name-handlers.ts'

/** The calls about datasets. */
export function addDatasetRoutes(
  server: RestServer,
  { useCases, publicUrl }: { useCases: UseCases; publicUrl: () => string },
): void {
  const base = `${PELE_API}/pele`
  const deps = { deps: { ...useCases.datasets, publicUrl } }
  server.addRoute(`${base}/types`, TypesHandler, deps)
  server.addRoute(`${base}/datasets`, NamesHandler, deps)
  server.addRoute(`${base}/type/:type/datasets`, NamesHandler, deps)
  server.addRoute(`${base}/type/:type/dataset_ids`, IdsHandler, deps)
  server.addRoute(`${base}/type/:type/dataset/:dataset/*`, FieldsHandler, deps)
  server.addRoute(`${base}/dataset/:dataset`, DatasetHandler, deps)
  server.addRoute(`${base}/dataset/:dataset/types`, TypesHandler, deps)
  server.addRoute(`${base}/dataset/:dataset/dataset_ids`, IdsHandler, deps)
  server.addRoute(`${base}/overlaps/:dataset/*`, OverlapsHandler, deps)
  server.addRoute(`${base}/overlaps/:dataset/type/:type/dataset/:name/*`, OverlapsHandler, deps)
}
