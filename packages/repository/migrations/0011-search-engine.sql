-- Another search engine beside search_entry, and what searches know of datastreams.

-- How far the engine is. No row: there is none, and nothing is noted.
create table search_engine (
  is_only   boolean primary key default true check (is_only),
  is_filled boolean not null,
  -- The day that its readers are right for.
  day       date not null
);

-- Records that the engine has to be told of. One may be there twice: no write waits for another one's note.
create table search_change (
  id        bigint generated always as identity primary key,
  record_id uuid not null
);

create function note_search_change() returns trigger language plpgsql as $$
begin
  if exists (select from search_engine) then
    insert into search_change (record_id) select id from changed;
  end if;
  return null;
end $$;
create trigger entry_noted_insert after insert on search_entry referencing new table as changed
  for each statement execute function note_search_change();
create trigger entry_noted_update after update on search_entry referencing new table as changed
  for each statement execute function note_search_change();
create trigger entry_noted_delete after delete on search_entry referencing old table as changed
  for each statement execute function note_search_change();
create trigger access_noted_insert after insert on search_access referencing new table as changed
  for each statement execute function note_search_change();
create trigger access_noted_update after update on search_access referencing new table as changed
  for each statement execute function note_search_change();

-- The datastreams that everybody may read who may read the object: each READ policy of the object has one of the file beside
-- it that lets the same in for as long. DC and RELS-EXT are written from the object itself.
create view search_datastream as
  select e.id, virtual.dsid from search_entry e cross join (values ('DC'), ('RELS-EXT')) virtual (dsid)
  union all
  select d.item_id, d.dsid from datastream d
  where not exists (
    select from resource_policy p where p.resource_id = d.item_id and p.action = 'READ' and not exists (
      select from resource_policy f where f.resource_id = d.bitstream_id and f.action = 'READ'
        and (f.group_id = p.group_id or f.person_id = p.person_id)
        and (f.start_date is null or f.start_date <= p.start_date)
        and (f.end_date is null or f.end_date >= p.end_date)
    )
  );

-- What the MODS of an object says, as fields of the index. The work that the triggers below leave writes it.
create table object_description (
  record_id uuid primary key references record on delete cascade,
  fields    jsonb not null
);

-- Fields from beside a record: its triples, as in 0008-triples.sql, and what its MODS says to whoever may read it.
create or replace function search_triples(subject uuid) returns jsonb language sql stable as $$
  select coalesce(jsonb_object_agg(field, vals), '{}') || coalesce((
    select d.fields from object_description d where d.record_id = subject
      and exists (select from search_datastream s where s.id = subject and s.dsid = 'MODS')
  ), '{}') from (
    select 'RELS_EXT_' || t.predicate || case when t.literal then '_literal_ms' else '_uri_ms' end as field,
      jsonb_agg(t.object order by t.place) as vals
    from triple t where t.record_id = subject group by field
  ) fields
$$;

create function search_after_description() returns trigger language plpgsql as $$
begin
  perform refresh_search(array(select record_id from changed));
  return null;
end $$;
create trigger description_searched_insert after insert on object_description referencing new table as changed
  for each statement execute function search_after_description();
create trigger description_searched_update after update on object_description referencing new table as changed
  for each statement execute function search_after_description();
create trigger description_searched_delete after delete on object_description referencing old table as changed
  for each statement execute function search_after_description();

-- Files come and go without the entry of their item, but for the one that describes it.
create function search_after_datastream() returns trigger language plpgsql as $$
begin
  if exists (select from search_engine) then
    insert into search_change (record_id) select distinct item_id from changed;
  end if;
  insert into outbox (topic, payload)
    select 'object-described', jsonb_build_object('itemId', item_id) from changed where dsid = 'MODS';
  return null;
end $$;
create trigger datastream_searched_insert after insert on datastream referencing new table as changed
  for each statement execute function search_after_datastream();
create trigger datastream_searched_update after update on datastream referencing new table as changed
  for each statement execute function search_after_datastream();
create trigger datastream_searched_delete after delete on datastream referencing old table as changed
  for each statement execute function search_after_datastream();

-- Who may read a file decides on whether its object tells of it.
create function search_after_file_policy() returns trigger language plpgsql as $$
declare described uuid[];
begin
  if exists (select from search_engine) then
    insert into search_change (record_id)
      select distinct d.item_id from datastream d join changed on changed.resource_id = d.bitstream_id;
  end if;
  described := array(select distinct d.item_id from datastream d join changed on changed.resource_id = d.bitstream_id
    where d.dsid = 'MODS');
  if cardinality(described) > 0 then perform refresh_search(described); end if;
  return null;
end $$;
create trigger file_policy_searched_insert after insert on resource_policy referencing new table as changed
  for each statement execute function search_after_file_policy();
create trigger file_policy_searched_update after update on resource_policy referencing new table as changed
  for each statement execute function search_after_file_policy();
create trigger file_policy_searched_delete after delete on resource_policy referencing old table as changed
  for each statement execute function search_after_file_policy();

-- Objects that had one before.
insert into outbox (topic, payload)
  select 'object-described', jsonb_build_object('itemId', item_id) from datastream where dsid = 'MODS';
