import { createBundle } from '../services/files/create-bundle.ts'
import { deleteBundle } from '../services/files/delete-bundle.ts'
import { listBundles } from '../services/files/list-bundles.ts'
import { patchBundle } from '../services/files/patch-bundle.ts'
import {
  changePrimaryBitstream,
  createPrimaryBitstream,
  readPrimaryBitstream,
  removePrimaryBitstream,
} from '../services/files/primary-bitstream.ts'
import { readBundle } from '../services/files/read-bundle.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with bundles. */
export function bundlesUseCases(deps: UseCaseDeps) {
  return {
    changePrimary: changePrimaryBitstream(deps),
    create: createBundle(deps),
    createPrimary: createPrimaryBitstream(deps),
    delete: deleteBundle(deps),
    list: listBundles(deps),
    patch: patchBundle(deps),
    read: readBundle(deps),
    readPrimary: readPrimaryBitstream(deps),
    removePrimary: removePrimaryBitstream(deps),
  }
}
