-- What Islandora tells of records and files beside what DSpace knows of them.

-- The last number given out of each namespace of pids but the repository's own, which has the sequence of handles.
create table pid_namespace (
  name        text primary key,
  last_number bigint not null
);

-- Beside the record's row: the other dialects read that often, and this never.
create table object_fact (
  record_id uuid primary key references record on delete cascade,
  -- Where the owner is nobody known here; else it is the record's submitter.
  owner     text,
  models    text[] not null default '{}'
);

-- A file of an item under its name in the item. Every one has a row: triggers see to that, whoever writes the file.
create table datastream (
  bitstream_id  uuid primary key references bitstream on delete cascade,
  item_id       uuid not null references record on delete cascade,
  dsid          text not null,
  state         text not null default 'A' check (state in ('A', 'I', 'D')),
  control_group text not null default 'M' check (control_group in ('M', 'X')),
  versionable   boolean not null default true,
  checksum_type text not null default 'DISABLED',
  -- Where it is another than that of the file's format.
  mimetype      text,
  -- When the present content came, later than that of every former one.
  dated_at      timestamptz(3) not null,
  constraint datastream_item_dsid unique (item_id, dsid)
);

-- Former contents of versionable files.
create table datastream_version (
  bitstream_id uuid not null references bitstream on delete cascade,
  dated_at     timestamptz(3) not null,
  sha256       text not null references content,
  label        text,
  state        text not null,
  mimetype     text not null,
  primary key (bitstream_id, dated_at)
);
create index datastream_version_sha256 on datastream_version (sha256);

-- Checksums of contents beside MD5 and SHA-256, where somebody asked for them.
create table content_checksum (
  sha256 text not null references content on delete cascade,
  type   text not null,
  value  text not null,
  primary key (sha256, type)
);

-- The table of bundles and dsids, in this direction; domain/datastreams/bundle-of-dsid.ts has the other one.
create function dsid_of_bundle(name text) returns text language sql immutable as $$
  select case name
    when 'ORIGINAL' then 'OBJ'
    when 'THUMBNAIL' then 'TN'
    when 'TEXT' then 'FULL_TEXT'
    else regexp_replace(regexp_replace(name, '[^A-Za-z0-9_.-]', '_', 'g'), '^([^A-Za-z])', 'DS_\1')
  end
$$;

-- Gives files their dsids: the first one of a bundle the bundle's, further ones that with their sequence id behind.
-- Others who add files to the same item wait for its row, which holds the counter of sequence ids.
create function add_datastreams(files uuid[]) returns void language sql as $$
  insert into datastream (bitstream_id, item_id, dsid, dated_at)
  select named.id, named.item_id,
    case
      when named.place = 1 and not exists (
        select from datastream d where d.item_id = named.item_id and d.dsid = named.base) then named.base
      when not exists (
        select from datastream d where d.item_id = named.item_id and d.dsid = named.numbered) then named.numbered
      else named.base || '_' || named.id
    end,
    named.created_at
  from (
    select f.id, b.item_id, f.created_at, dsid_of_bundle(b.name) as base,
      dsid_of_bundle(b.name) || '_' || coalesce(f.sequence_id::text, f.id::text) as numbered,
      row_number() over (partition by b.item_id, dsid_of_bundle(b.name) order by f.sequence_id, f.id) as place
    from bitstream f join bundle b on b.id = f.bundle_id
    where f.id = any(files)
  ) named
$$;
select add_datastreams(array(select id from bitstream where bundle_id is not null));

create function name_datastreams() returns trigger language plpgsql as $$
begin
  perform add_datastreams(array(select id from fresh where bundle_id is not null));
  return null;
end $$;
create trigger bitstream_named after insert on bitstream referencing new table as fresh
  for each statement execute function name_datastreams();

-- Keeps what a versionable file held before, and dates the content that took its place.
create function keep_former_content() returns trigger language plpgsql as $$
begin
  if not exists (select from gone join fresh using (id)
    where gone.sha256 <> fresh.sha256 or gone.format_id <> fresh.format_id) then return null; end if;
  insert into datastream_version (bitstream_id, dated_at, sha256, label, state, mimetype)
    select gone.id, d.dated_at, gone.sha256,
      coalesce(gone.metadata -> 'dc.description' -> 0 ->> 'value', gone.metadata -> 'dc.title' -> 0 ->> 'value'),
      d.state, coalesce(d.mimetype, t.mimetype)
    from gone join fresh using (id) join datastream d on d.bitstream_id = gone.id
      join bitstream_format t on t.id = gone.format_id
    where gone.sha256 <> fresh.sha256 and d.versionable;
  update datastream d set
    dated_at = case when gone.sha256 = fresh.sha256 then d.dated_at
      else greatest(fresh.modified_at, d.dated_at + interval '1 millisecond') end,
    -- What was said beside the format was said of the former one.
    mimetype = null
    from gone join fresh using (id) where d.bitstream_id = gone.id
      and (gone.sha256 <> fresh.sha256 or gone.format_id <> fresh.format_id);
  return null;
end $$;
create trigger bitstream_former after update on bitstream referencing old table as gone new table as fresh
  for each statement execute function keep_former_content();

create trigger version_content after delete on datastream_version referencing old table as gone
  for each statement execute function release_content();
