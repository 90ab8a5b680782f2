-- What each write does beside itself, made as cheap as it can be. The plans of these functions are kept by each connection, often
-- from when tables were small: so that they stay good, they look up the few by their keys (an array of ids; `offset 0` before any
-- other condition), and no scan of a whole table is considered.

-- As in 0017-entries-behind-writes.sql. Policies of a record decide on who finds it, those of the file that describes an object on
-- whether the object tells of it.
create or replace function search_after_policy() returns trigger language plpgsql
  set enable_seqscan = off as $$
begin
  insert into search_stale (record_id, only_readers)
    select id, true from record where id = any(array(select resource_id from changed))
    union all
    select item_id, false from (
      select item_id, dsid from datastream where bitstream_id = any(array(select resource_id from changed)) offset 0
    ) file where dsid = 'MODS';
  if exists (select from search_engine) then
    insert into search_change (record_id)
      select distinct item_id from datastream where bitstream_id = any(array(select resource_id from changed));
  end if;
  return null;
end $$;

-- As in 0013-datasets.sql; few records are datasets.
create or replace function dataset_after_policy() returns trigger language plpgsql
  set enable_seqscan = off as $$
begin
  if exists (select from dataset_part where record_id = any(array(select resource_id from changed))) then
    perform refresh_datasets(array(select distinct resource_id from changed));
  end if;
  return null;
end $$;

-- An updated policy changes what it was for, and what it is for.
drop trigger policy_searched_update on resource_policy;
drop trigger policy_shelved_update on resource_policy;
drop function search_after_policy_update;
drop function dataset_after_policy_update;
drop function note_policies;
create trigger policy_searched_update after update on resource_policy referencing new table as changed
  for each statement execute function search_after_policy();
create trigger policy_searched_former after update on resource_policy referencing old table as changed
  for each statement execute function search_after_policy();
create trigger policy_shelved_update after update on resource_policy referencing new table as changed
  for each statement execute function dataset_after_policy();
create trigger policy_shelved_former after update on resource_policy referencing old table as changed
  for each statement execute function dataset_after_policy();

-- As in 0017-entries-behind-writes.sql. Thousands may change at once: not each is compared with each.
alter function search_after_update() set enable_nestloop = off;
alter function search_after_update() reset plan_cache_mode;

-- As in 0019-files-that-bring-names.sql.
create or replace function name_datastreams() returns trigger language plpgsql
  set enable_seqscan = off as $$
begin
  if exists (
    select id from fresh where bundle_id is not null
    except select bitstream_id from datastream where bitstream_id = any(array(select id from fresh))
  ) then
    perform add_datastreams(array(select id from fresh where bundle_id is not null));
  end if;
  return null;
end $$;

-- As in 0021-descriptions-behind-writes.sql.
create or replace function write_descriptions(descriptions jsonb) returns void language plpgsql volatile
  set enable_seqscan = off as $$
begin
  delete from object_description where record_id = any(array(select key::uuid from jsonb_object_keys(descriptions) key));
  insert into object_description (record_id, fields)
    select id, descriptions -> id::text from record
    where id = any(array(select key::uuid from jsonb_each(descriptions) where value <> '{}')) for key share;
end $$;

-- As in 0006-search.sql and 0013-datasets.sql, named by the columns that they look at: a file that comes changes other ones, and
-- PostgreSQL reads the conditions anew with each statement.
drop trigger record_searched_conversion on record;
create trigger record_searched_conversion after update of kind on record for each row when (old.kind <> new.kind)
  execute function search_after_conversion();
drop trigger record_shelved_update on record;
create trigger record_shelved_update
  after update of parent_id, in_archive, withdrawn, discoverable, metadata on record for each row
  when (new.kind = 'item' and (
    old.parent_id is distinct from new.parent_id or old.in_archive <> new.in_archive
    or old.withdrawn <> new.withdrawn or old.discoverable <> new.discoverable
    or old.metadata -> 'dc.type' is distinct from new.metadata -> 'dc.type'
    or old.metadata -> 'dspace.entity.type' is distinct from new.metadata -> 'dspace.entity.type'
  ))
  execute function dataset_after_record();
drop trigger record_without_extent on record;
create trigger record_without_extent after update of metadata on record for each row
  when (old.metadata ?| array['dcterms.temporal', 'dcterms.spatial', 'dc.coverage.temporal', 'dc.coverage.spatial']
    and not new.metadata ?| array['dcterms.temporal', 'dcterms.spatial', 'dc.coverage.temporal', 'dc.coverage.spatial'])
  execute function dataset_without_extent();

-- Few records are templates or have a logo: the others need no place in these indexes, and none is looked for among them.
alter table record drop constraint record_template_of_id_key;
create unique index record_template_of_id_key on record (template_of_id) where template_of_id is not null;
drop index record_logo;
create index record_logo on record (logo_id) where logo_id is not null;
