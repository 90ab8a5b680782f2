import { sql, type Kysely } from 'kysely'
import {
  datasetPartOf,
  namesExtent,
  type DatasetPart,
  type GivenDataset,
} from '../../domain/datasets/dataset-part.ts'
import type { Form } from '../../domain/datasets/geometry/footprint.ts'
import type { Item } from '../../domain/records/record.ts'
import { withConstraints } from '../pg-errors.ts'
import type { Schema } from '../schema.ts'
import { boxText } from './box-text.ts'

/** See the column `form`. */
const FORMS: Readonly<Record<Form, number>> = { box: 0, connected: 1, scattered: 2 }

/**
 * Writes what items are as datasets. Nothing is sent where there is nothing to tell, nothing is written where it was told
 * before. Where an item ceases to name times and places, a trigger takes them away.
 *
 * @throws DomainError `CONFLICT` when the id of a dataset is taken
 */
export async function writeDatasetParts(
  db: Kysely<Schema>,
  items: readonly { readonly item: Item; readonly dataset?: GivenDataset }[],
): Promise<void> {
  const rows = items
    .filter(
      ({ item, dataset }) =>
        item.templateOfId === null && (dataset !== undefined || namesExtent(item.metadata)),
    )
    .map(({ item, dataset }) => toRow(item.id, datasetPartOf(item.metadata, dataset)))
  if (rows.length === 0) return
  await withConstraints(() =>
    sql`
      insert into dataset_part (record_id, given, source, start_ms, end_ms, geometry, box, form, shape)
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (record_id uuid, given jsonb, source jsonb,
        start_ms bigint, end_ms bigint, geometry jsonb, box box, form smallint, shape json)
      on conflict (record_id) do update set source = excluded.source, start_ms = excluded.start_ms,
        end_ms = excluded.end_ms, geometry = excluded.geometry, box = excluded.box, form = excluded.form,
        shape = excluded.shape,
        given = dataset_part.given - array['starttime', 'endtime', 'temporal_span', 'location', 'center', 'continent']
      where dataset_part.source <> excluded.source
    `.execute(db),
  )
}

function toRow(recordId: string, { given, source, extent }: DatasetPart) {
  const { footprint } = extent
  return {
    record_id: recordId,
    given,
    source,
    start_ms: extent.start,
    end_ms: extent.end,
    geometry: footprint?.geometry ?? null,
    box: footprint === null ? null : boxText(footprint.box),
    form: footprint === null ? null : FORMS[footprint.form],
    shape: footprint === null || footprint.form === 'box' ? null : footprint.shape,
  }
}
