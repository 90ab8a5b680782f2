-- Search entries are written behind the writes that they follow from, several at once: a record that is written four times in
-- a moment gets its entry once. What is missing is noted with the write, and no search is answered before it is there.

-- Records whose entries are older than they are. One may be there twice: no write waits for another one's note.
create table search_stale (
  id           bigint generated always as identity primary key,
  record_id    uuid not null,
  -- All that has changed is who may read it.
  only_readers boolean not null
);

create or replace function search_after_insert() returns trigger language plpgsql
  set plan_cache_mode = force_generic_plan as $$
begin
  insert into search_stale (record_id, only_readers) select id, false from fresh;
  return null;
end $$;

create or replace function search_after_update() returns trigger language plpgsql
  set plan_cache_mode = force_generic_plan as $$
begin
  insert into search_stale (record_id, only_readers)
    select fresh.id, false from fresh join gone using (id)
    where (fresh.modified_at, fresh.parent_id, fresh.submitter_id, fresh.in_archive,
        fresh.withdrawn, fresh.discoverable, fresh.metadata, fresh.virtual_metadata)
      is distinct from (gone.modified_at, gone.parent_id, gone.submitter_id, gone.in_archive,
        gone.withdrawn, gone.discoverable, gone.metadata, gone.virtual_metadata);
  return null;
end $$;

create or replace function search_after_facts() returns trigger language plpgsql
  set plan_cache_mode = force_generic_plan as $$
begin
  insert into search_stale (record_id, only_readers) select record_id, false from changed;
  return null;
end $$;

create or replace function search_after_renaming() returns trigger language plpgsql
  set plan_cache_mode = force_generic_plan as $$
begin
  insert into search_stale (record_id, only_readers)
    select r.id, false from record r join fresh on fresh.id = r.submitter_id join gone on gone.id = fresh.id
    where person_name(fresh.metadata) is distinct from person_name(gone.metadata);
  return null;
end $$;

create or replace function search_after_mapping() returns trigger language plpgsql
  set plan_cache_mode = force_generic_plan as $$
begin
  insert into search_stale (record_id, only_readers) select distinct item_id, false from changed;
  return null;
end $$;

create or replace function search_after_triples() returns trigger language plpgsql
  set plan_cache_mode = force_generic_plan as $$
begin
  insert into search_stale (record_id, only_readers) select distinct record_id, false from changed;
  return null;
end $$;

create or replace function search_after_description() returns trigger language plpgsql
  set plan_cache_mode = force_generic_plan as $$
begin
  insert into search_stale (record_id, only_readers) select record_id, false from changed;
  return null;
end $$;

-- Policies of a record decide on who finds it, those of the file that describes an object on whether the object tells of it.
create function note_policies(resources uuid[]) returns void language plpgsql volatile
  set plan_cache_mode = force_generic_plan as $$
begin
  insert into search_stale (record_id, only_readers)
    select id, true from record where id = any(resources)
    union
    select item_id, false from datastream where bitstream_id = any(resources) and dsid = 'MODS';
  if exists (select from search_engine) then
    insert into search_change (record_id)
      select distinct item_id from datastream where bitstream_id = any(resources);
  end if;
end $$;

create or replace function search_after_policy() returns trigger language plpgsql
  set plan_cache_mode = force_generic_plan as $$
begin
  perform note_policies(array(select distinct resource_id from changed));
  return null;
end $$;

create or replace function search_after_policy_update() returns trigger language plpgsql
  set plan_cache_mode = force_generic_plan as $$
begin
  perform note_policies(array(select resource_id from fresh union select resource_id from gone));
  return null;
end $$;

drop trigger file_policy_searched_insert on resource_policy;
drop trigger file_policy_searched_update on resource_policy;
drop trigger file_policy_searched_delete on resource_policy;
drop function search_after_file_policy;

-- Writes anew who may read, for whoever holds the lock of `refresh_search` or `write_stale_entries`: what they read is what
-- was committed last.
create or replace function refresh_readers(ids uuid[]) returns void language plpgsql volatile as $$
begin
  -- None of them goes away meanwhile; other writes go on.
  perform from record r where r.id = any(ids) order by r.id for key share;
  insert into search_access select * from search_access_of(ids)
  on conflict (id) do update set listed = excluded.listed, container_id = excluded.container_id,
    reader_groups = excluded.reader_groups, reader_people = excluded.reader_people, has_periods = excluded.has_periods;
end $$;

create function refresh_entries(ids uuid[]) returns void language plpgsql volatile as $$
begin
  perform from record r where r.id = any(ids) order by r.id for key share;
  insert into search_entry select * from search_entries_of(ids)
  on conflict (id) do update set label = excluded.label, title_order = excluded.title_order,
    accessioned = excluded.accessioned, state = excluded.state, modified_at = excluded.modified_at,
    fields = excluded.fields, words = excluded.words, terms = excluded.terms, indexed_at = excluded.indexed_at;
  insert into search_word
    select distinct w.lexeme from search_entry e cross join lateral unnest(e.words) w
    where e.id = any(ids) and position('/' in w.lexeme) = 0
      and not exists (select from search_word known where known.word = w.lexeme);
end $$;

-- Writes entries anew, beside others who do so with other ones.
create or replace function refresh_search(ids uuid[]) returns void language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('search_stale', 0));
  perform refresh_entries(ids);
  perform refresh_readers(ids);
end $$;

-- Writes the entries that the first notes tell of; tells how many notes there were.
create function write_stale_entries(most integer) returns integer language plpgsql volatile as $$
declare
  notes   integer;
  readers uuid[];
  entries uuid[];
  one     uuid;
begin
  -- One after the other, and nobody else: an entry that was read before a write would be put over one that was read behind it.
  perform pg_advisory_xact_lock(hashtextextended('search_stale', 0));
  with taken as (
    delete from search_stale where id = any(array(select id from search_stale order by id limit most))
    returning record_id, only_readers
  )
  select count(*), array_agg(distinct record_id), array_agg(distinct record_id) filter (where not only_readers)
    into notes, readers, entries from taken;
  begin
    perform refresh_entries(entries);
  exception
    when deadlock_detected then raise;
    when others then
      -- One that cannot be written keeps no other one back, and is tried again by the work in the background.
      foreach one in array entries loop
        begin
          perform refresh_entries(array[one]);
        exception
          when deadlock_detected then raise;
          when others then
            insert into outbox (topic, payload) values ('entry-missing', jsonb_build_object('recordId', one));
        end;
      end loop;
  end;
  perform refresh_readers(array(select id from search_entry where id = any(readers)));
  return notes;
end $$;

-- As in 0015-words-once.sql; of metadata that are too long for one tsvector, the first words are found.
create or replace function search_vectors(metadata jsonb, fields jsonb, out words tsvector, out terms tsvector)
language plpgsql immutable parallel safe as $$
begin
  words := record_words(metadata);
  terms := quick_terms(fields);
exception when program_limit_exceeded then
  -- A word is too long, or there are too many.
  if words is null then
    words := to_tsvector('simple', left(jsonb_path_query_array(metadata, '$.*[*].value')::text, 200000));
  end if;
  begin
    terms := search_terms(fields);
  exception when program_limit_exceeded then
    terms := search_terms(exact_fields(fields));
  end;
end $$;

-- Addresses of items are looked up by themselves; before, their words led to them.
create index record_custom_url on record using gin ((metadata -> 'dspace.customurl') jsonb_path_ops)
  where metadata ? 'dspace.customurl';
