import { harvestCollection } from '../services/harvest/harvest-collection.ts'
import { listHarvests, readHarvest } from '../services/harvest/read-harvest.ts'
import { saveHarvestSettings } from '../services/harvest/save-harvest-settings.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with the harvests of collections. */
export function harvestsUseCases(deps: UseCaseDeps) {
  return {
    list: listHarvests(deps),
    read: readHarvest(deps),
    run: harvestCollection(deps),
    save: saveHarvestSettings(deps),
  }
}
