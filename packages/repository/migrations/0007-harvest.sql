-- From where collections are harvested (OAI-PMH), how far that has come, and which items came from there.

create table harvest (
  collection_id uuid primary key references record on delete cascade,
  type          text not null check (type in ('METADATA_ONLY', 'METADATA_AND_REF', 'METADATA_AND_BITSTREAMS')),
  source        text not null,
  set_id        text,
  format        text not null,
  status        text not null check (status in ('READY', 'BUSY', 'QUEUED', 'OAI_ERROR', 'UNKNOWN_ERROR')),
  message       text,
  started_at    timestamptz(3),
  harvested_at  timestamptz(3),
  next_from     timestamptz(3),
  -- Of a harvest that has not come to its end; it is gone on with.
  running       jsonb,
  version       bigint not null
);

-- Kept when a collection's settings go, so that its items are known again under new ones.
create table harvested_item (
  collection_id uuid not null references record on delete cascade,
  oai_id        text not null,
  item_id       uuid not null references record on delete cascade,
  digest        text not null,
  primary key (collection_id, oai_id)
);
create index harvested_item_item on harvested_item (item_id);
