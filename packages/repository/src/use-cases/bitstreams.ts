import { deleteBitstreams } from '../services/files/delete-bitstreams.ts'
import { deleteFile } from '../services/files/delete-file.ts'
import { findBitstreamOfItem } from '../services/files/find-bitstream-of-item.ts'
import { listBitstreams } from '../services/files/list-bitstreams.ts'
import { measureContent } from '../services/files/measure-content.ts'
import { moveBitstream } from '../services/files/move-bitstream.ts'
import { openContent } from '../services/files/open-content.ts'
import { patchBitstream } from '../services/files/patch-bitstream.ts'
import { readBitstreamAccessStatus } from '../services/files/read-access-status.ts'
import { readBitstream } from '../services/files/read-bitstream.ts'
import { readBitstreamThumbnail } from '../services/files/read-thumbnail.ts'
import { replaceFileContent } from '../services/files/replace-file-content.ts'
import { setFormat } from '../services/files/set-format.ts'
import { uploadBitstream } from '../services/files/upload-bitstream.ts'
import { verifyFixity } from '../services/files/verify-fixity.ts'
import type { UseCaseDeps } from './deps.ts'

/** What can be done with bitstreams. */
export function bitstreamsUseCases(deps: UseCaseDeps) {
  return {
    accessStatus: readBitstreamAccessStatus(deps),
    delete: deleteFile(deps),
    deleteMany: deleteBitstreams(deps),
    findOfItem: findBitstreamOfItem(deps),
    list: listBitstreams(deps),
    measure: measureContent(deps),
    move: moveBitstream(deps),
    openContent: openContent(deps),
    patch: patchBitstream(deps),
    read: readBitstream(deps),
    replaceContent: replaceFileContent(deps),
    setFormat: setFormat(deps),
    thumbnail: readBitstreamThumbnail(deps),
    upload: uploadBitstream(deps),
    verifyFixity: verifyFixity(deps),
  }
}
