-- What the MODS of an object says is read behind the write that brought it, together with the object's search entry.

alter table search_stale
  -- The file that describes the object is another one.
  add column described boolean not null default false;

create or replace function search_after_datastream() returns trigger language plpgsql
  set plan_cache_mode = force_generic_plan as $$
begin
  if exists (select from search_engine) then
    insert into search_change (record_id) select distinct item_id from changed;
  end if;
  insert into search_stale (record_id, only_readers, described)
    select item_id, false, true from changed where dsid = 'MODS';
  return null;
end $$;

with waiting as (
  delete from outbox where topic = 'object-described' returning payload
)
insert into search_stale (record_id, only_readers, described)
  select (payload ->> 'itemId')::uuid, false, true from waiting;

-- Whoever writes a description writes the entry, too.
drop trigger description_searched_insert on object_description;
drop trigger description_searched_update on object_description;
drop trigger description_searched_delete on object_description;
drop function search_after_description;

-- Takes the first notes, and lets nobody else write entries until the transaction's end: an entry that was read before a write
-- would be put over one that was read behind it.
create function take_stale(most integer, out notes integer, out readers uuid[], out entries uuid[], out described uuid[])
language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('search_stale', 0));
  with taken as (
    delete from search_stale s where s.id = any(array(select first.id from search_stale first order by first.id limit most))
    returning s.*
  )
  select count(*), coalesce(array_agg(distinct t.record_id), '{}'),
    coalesce(array_agg(distinct t.record_id) filter (where not t.only_readers), '{}'),
    coalesce(array_agg(distinct t.record_id) filter (where t.described), '{}')
    into notes, readers, entries, described from taken t;
end $$;

-- Writes descriptions, {id: fields}; no fields take those of before away.
create function write_descriptions(descriptions jsonb) returns void language plpgsql volatile as $$
begin
  delete from object_description where record_id in (select key::uuid from jsonb_object_keys(descriptions) key);
  insert into object_description (record_id, fields)
    select r.id, d.value from jsonb_each(descriptions) d join record r on r.id = d.key::uuid
    where d.value <> '{}' for key share of r;
end $$;

-- Writes the entries of these records, and who may read those, for whoever has taken their notes.
drop function write_stale_entries;
create function write_stale_entries(readers uuid[], entries uuid[]) returns void language plpgsql volatile as $$
declare one uuid;
begin
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
end $$;
