import { sql, type Kysely, type RawBuilder } from 'kysely'
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
      on conflict (record_id) do update set source = excluded.source,
        ${unlessSame('times', ['start_ms', 'end_ms'])}, ${unlessSame('places', ['geometry', 'box', 'form', 'shape'])},
        given = dataset_part.given
          - case when ${isSame('times')} then '{}' else array['starttime', 'endtime', 'temporal_span'] end
          - case when ${isSame('places')} then '{}' else array['location', 'center', 'continent'] end
      where dataset_part.source <> excluded.source
    `.execute(db),
  )
}

function isSame(which: 'times' | 'places'): RawBuilder<boolean> {
  return sql<boolean>`dataset_part.source -> ${sql.lit(which)} = excluded.source -> ${sql.lit(which)}`
}

/** Values stay where their texts do: an import may have told them more exactly. */
function unlessSame(which: 'times' | 'places', columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(
    columns.map((column) => {
      const [before, after] = [sql.ref(`dataset_part.${column}`), sql.ref(`excluded.${column}`)]
      return sql`${sql.ref(column)} = case when ${isSame(which)} then ${before} else ${after} end`
    }),
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
