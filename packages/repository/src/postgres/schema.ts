import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Metadata } from '../domain/metadata/metadata.ts'
import type { VirtualMetadata } from '../domain/metadata/virtual-values.ts'
import type { Action, PolicyOrigin } from '../domain/access/policy.ts'
import type { Scope } from '../domain/access/scope.ts'
import type { ChecksumType, ControlGroup, ObjectState } from '../domain/datastreams/datastream.ts'
import type {
  HarvestFormat,
  HarvestSettings,
  HarvestStatus,
  RunningHarvest,
} from '../domain/harvest/harvest.ts'
import type { Side } from '../domain/relationships/relationship.ts'

/** jsonb: read as the parsed value, written as JSON text. */
type Json<T> = ColumnType<T, string, string>
/** bigint within the safe integers, read as a number. */
type Counter = ColumnType<number, number | undefined, number>
type Moment = ColumnType<Date, Date | undefined, Date>

interface Versioned {
  metadata: Json<Metadata>
  version: Counter
  created_at: Moment
  modified_at: Moment
}

export interface RecordTable extends Versioned {
  id: string
  kind: 'site' | 'community' | 'collection' | 'item'
  handle: string
  pid: string
  parent_id: string | null
  template_of_id: string | null
  submitter_id: string | null
  logo_id: string | null
  in_archive: Generated<boolean>
  withdrawn: Generated<boolean>
  discoverable: Generated<boolean>
  title: ColumnType<string | null, never, never>
  /** What an item shows of the items it is related to. */
  virtual_metadata: ColumnType<VirtualMetadata, never, never>
}

export interface RelationshipTable {
  id: GeneratedAlways<number>
  type_id: number
  left_item_id: string
  right_item_id: string
  left_place: number
  right_place: number
  leftward_value: string | null
  rightward_value: string | null
  version: Counter
}

export interface RelationshipTypeTable {
  id: Generated<number>
  left_type_id: number
  right_type_id: number
  leftward_type: string
  rightward_type: string
  left_min: number | null
  left_max: number | null
  right_min: number | null
  right_max: number | null
  copy_to_left: boolean
  copy_to_right: boolean
  tilted: Side | null
}

export interface BundleTable extends Versioned {
  id: string
  item_id: string
  name: string
  position: number
  primary_bitstream_id: string | null
}

export interface BitstreamTable extends Versioned {
  id: string
  bundle_id: string | null
  position: number
  sequence_id: number | null
  format_id: number
  sha256: string
}

export interface ContentTable {
  sha256: string
  md5: string
  size: number
  staging_name: string | null
  created_at: Generated<Date>
}

export interface PersonTable extends Versioned {
  id: string
  email: string
  netid: string | null
  password_hash: string | null
  session_id: string | null
  can_log_in: boolean
  require_certificate: boolean
  self_registered: boolean
  last_active: Date | null
}

export interface GroupTable extends Versioned {
  id: string
  name: string
  permanent: boolean
}

export interface PolicyTable {
  id: Generated<number>
  resource_id: string
  action: Action
  person_id: string | null
  group_id: string | null
  start_date: string | null
  end_date: string | null
  name: string | null
  description: string | null
  origin: PolicyOrigin
}

export interface TokenTable {
  id: string
  person_id: string
  name: string
  scope: Scope
  digest: Buffer
  created_at: Date
  expires_at: Date | null
  last_used_at: Date | null
}

export interface DatastreamTable {
  bitstream_id: string
  item_id: string
  dsid: string
  state: ObjectState
  control_group: ControlGroup
  versionable: boolean
  checksum_type: ChecksumType
  mimetype: string | null
  dated_at: Date
}

export interface DatastreamVersionTable {
  bitstream_id: string
  dated_at: Date
  sha256: string
  label: string | null
  state: ObjectState
  mimetype: string
}

export interface TripleTable {
  record_id: string
  place: number
  namespace: string
  predicate: string
  object: string
  literal: boolean
  datatype: string | null
  language: string | null
}

export interface HarvestTable {
  collection_id: string
  type: HarvestSettings['type']
  source: string
  set_id: string | null
  format: HarvestFormat
  status: HarvestStatus
  message: string | null
  started_at: Date | null
  harvested_at: Date | null
  next_from: Date | null
  running: ColumnType<RunningRow | null, string | null, string | null>
  version: number
}

/** How a harvest under way is kept: JSON has no moments. */
export type RunningRow = Omit<RunningHarvest, 'answeredAt'> & { readonly answeredAt: string | null }

/** The tables of `migrations/`, for typed SQL. */
export interface Schema {
  setting: { name: string; value: Json<unknown> }
  record: RecordTable
  entity_type: { id: Generated<number>; label: string }
  relationship_type: RelationshipTypeTable
  relationship: RelationshipTable
  mapped_collection: { item_id: string; collection_id: string; mapped_at: Generated<Date> }
  role_group: { record_id: string; role: string; group_id: string }
  bundle: BundleTable
  bitstream: BitstreamTable
  datastream: DatastreamTable
  datastream_version: DatastreamVersionTable
  content: ContentTable
  content_checksum: { sha256: string; type: string; value: string }
  pid_namespace: { name: string; last_number: number }
  triple: TripleTable
  object_fact: { record_id: string; owner: string | null; models: string[] }
  bitstream_format: {
    id: Generated<number>
    short_description: string
    description: string
    mimetype: string
    support_level: 'UNKNOWN' | 'KNOWN' | 'SUPPORTED'
    internal: boolean
    extensions: string[]
  }
  metadata_schema: { id: Generated<number>; prefix: string; namespace: string }
  metadata_field: {
    id: Generated<number>
    schema_id: number
    element: string
    qualifier: string | null
    scope_note: string | null
  }
  person: PersonTable
  person_group: GroupTable
  group_person: { group_id: string; person_id: string }
  group_subgroup: { group_id: string; subgroup_id: string }
  group_closure: { ancestor_id: string; descendant_id: string }
  resource_policy: PolicyTable
  search_engine: { is_filled: boolean; day: string }
  api_token: TokenTable
  registration: {
    id: string
    email: string
    password_hash: string
    code_digest: Buffer | null
    expires_at: Date
  }
  person_identity: { issuer: string; subject: string; person_id: string; created_at: Date }
  harvest: HarvestTable
  harvested_item: { collection_id: string; oai_id: string; item_id: string; digest: string }
  import_row: { import_id: string; key: string; item_id: string }
  outbox: {
    id: Generated<number>
    topic: string
    payload: Json<unknown>
    attempts: Generated<number>
    due_at: Generated<Date>
    last_error: string | null
    created_at: Generated<Date>
  }
}
