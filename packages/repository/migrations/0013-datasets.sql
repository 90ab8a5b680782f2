-- Datasets: items with a time span or a footprint, and those imported as such.

-- What is known of an item as a dataset: a row for each item whose metadata name times or places, or that was imported as a dataset. Written with the item (`write-dataset-parts.ts`), because texts of times and places are read there.
create table dataset_part (
  record_id uuid primary key references record on delete cascade,
  -- What an import told in the words of HySDS (`id`, `dataset`, `dataset_type`, `version`, `metadata` …); null where the item's metadata are all there is.
  given     jsonb,
  -- The values of `dcterms.temporal` and the like that span (`times`) and footprint (`places`) fit.
  source    jsonb not null,
  -- In milliseconds since 1970.
  start_ms  bigint,
  end_ms    bigint,
  -- GeoJSON.
  geometry  jsonb,
  -- In billionths of a degree, all of them whole numbers, so that PostgreSQL compares boxes exactly; east may be beyond 180 degrees.
  box       box,
  -- 0: it is its box. 1: it is in one piece. 2: it is in several.
  form      smallint,
  -- Where it is not its box: its places, in the same units.
  shape     json,
  check ((box is null) = (form is null) and (box is null) = (geometry is null)),
  check (form is null or (form = 0) = (shape is null))
);

-- What datasets of the same name and type have in common that the same people may read: so few that each query looks at all of them first.
create table dataset_shelf (
  id            integer generated always as identity primary key,
  -- Null for the title of the owning collection.
  name          text collate "C",
  type          text not null collate "C",
  -- The collection whose administrators rule over them.
  container_id  uuid,
  -- In the archive, discoverable and not withdrawn.
  listed        boolean not null,
  -- Whom policies for READ or ADMIN name for ever.
  reader_groups uuid[] not null,
  reader_people uuid[] not null,
  -- Policies for a time: [{group_id, person_id, start_date, end_date}].
  periods       jsonb not null,
  -- Of all of the above: the arrays may be too long for an index.
  digest        text not null unique
);

-- What queries look at. Narrow, and all of it in two indexes, so that counting reads no row.
create table dataset (
  record_id uuid primary key references dataset_part on delete cascade,
  id        text not null unique collate "C",
  shelf_id  integer not null references dataset_shelf,
  start_ms  bigint,
  end_ms    bigint,
  box       box,
  form      smallint,
  -- The shape, where it is short enough to be in the indexes: thousands are compared for a query, each from another page.
  outline   text
);
create index dataset_on_shelf on dataset (shelf_id, start_ms) include (end_ms, box, form, record_id, outline);
create index dataset_place on dataset using gist (box) include (shelf_id, start_ms, end_ms, form, record_id, outline)
  where box is not null;

-- Items whose texts are yet to be read; empty but for the first start with datasets.
create table dataset_unread (record_id uuid primary key references record on delete cascade);
insert into dataset_unread
  select id from record
  where kind = 'item' and template_of_id is null and metadata ?| array['dcterms.temporal', 'dcterms.spatial', 'dc.coverage.temporal', 'dc.coverage.spatial'];

-- The shelves that datasets belong on.
create function dataset_shelves_of(ids uuid[]) returns table (
  record_id uuid, name text, type text, container_id uuid, listed boolean,
  reader_groups uuid[], reader_people uuid[], periods jsonb, digest text
) language sql volatile as $$
  select s.*, md5(jsonb_build_array(s.name, s.type, s.container_id, s.listed, s.reader_groups, s.reader_people, s.periods)::text)
  from (
    select p.record_id, p.given ->> 'dataset',
      coalesce(p.given ->> 'dataset_type', r.metadata -> 'dspace.entity.type' -> 0 ->> 'value',
        r.metadata -> 'dc.type' -> 0 ->> 'value', 'item'),
      r.parent_id, r.in_archive and r.discoverable and not r.withdrawn,
      coalesce(y.groups, '{}'), coalesce(y.people, '{}'), coalesce(y.periods, '[]')
    from dataset_part p join record r on r.id = p.record_id
      cross join lateral (
        select array_agg(distinct y.group_id) filter (where y.group_id is not null and not d.is_period) as groups,
          array_agg(distinct y.person_id) filter (where y.person_id is not null and not d.is_period) as people,
          jsonb_agg(distinct jsonb_build_object('group_id', y.group_id, 'person_id', y.person_id,
            'start_date', y.start_date, 'end_date', y.end_date)) filter (where d.is_period) as periods
        from resource_policy y
          cross join lateral (select y.start_date is not null or y.end_date is not null) d (is_period)
        where y.resource_id = p.record_id and y.action in ('READ', 'ADMIN')
      ) y
    where p.record_id = any(ids) and num_nonnulls(p.given, p.start_ms, p.end_ms, p.box) > 0
  ) s (record_id, name, type, container_id, listed, reader_groups, reader_people, periods)
$$;

-- Puts datasets where they belong, and takes away what is none. Whoever changes what this hangs on waits here for the others who do: what is read in later statements is what they have committed.
create function refresh_datasets(ids uuid[]) returns void language plpgsql volatile as $$
begin
  ids := array(select p.record_id from dataset_part p where p.record_id = any(ids));
  if ids = '{}' then return; end if;
  perform from record r where r.id = any(ids) order by r.id for no key update;
  with wanted as materialized (
    select * from dataset_shelves_of(ids)
  ), known as materialized (
    select s.id, s.digest from dataset_shelf s where s.digest in (select digest from wanted)
  ), fresh as (
    insert into dataset_shelf (name, type, container_id, listed, reader_groups, reader_people, periods, digest)
    select distinct on (w.digest) w.name, w.type, w.container_id, w.listed, w.reader_groups, w.reader_people, w.periods, w.digest
    from wanted w where w.digest not in (select digest from known)
    order by w.digest
    -- Only for what others made meanwhile: its id is wanted, too.
    on conflict (digest) do update set digest = excluded.digest
    returning id, digest
  )
  insert into dataset (record_id, id, shelf_id, start_ms, end_ms, box, form, outline)
    select p.record_id, coalesce(p.given ->> 'id', p.record_id::text), shelf.id, p.start_ms, p.end_ms, p.box, p.form,
      case when octet_length(p.shape::text) <= 1000 then p.shape::text end
    from wanted w
      join (select * from known union all select * from fresh) shelf on shelf.digest = w.digest
      join dataset_part p on p.record_id = w.record_id
    on conflict (record_id) do update set shelf_id = excluded.shelf_id, start_ms = excluded.start_ms,
      end_ms = excluded.end_ms, box = excluded.box, form = excluded.form, outline = excluded.outline;
  delete from dataset d using dataset_part p
    where d.record_id = any(ids) and p.record_id = d.record_id and num_nonnulls(p.given, p.start_ms, p.end_ms, p.box) = 0;
end $$;

create function dataset_after_part() returns trigger language plpgsql as $$
begin
  perform refresh_datasets(array(select record_id from changed));
  return null;
end $$;
create trigger part_shelved_insert after insert on dataset_part referencing new table as changed
  for each statement execute function dataset_after_part();
create trigger part_shelved_update after update on dataset_part referencing new table as changed
  for each statement execute function dataset_after_part();

create function dataset_after_record() returns trigger language plpgsql as $$
begin
  perform refresh_datasets(array[new.id]);
  return null;
end $$;
create trigger record_shelved_update after update on record for each row
  when (new.kind = 'item' and (
    old.parent_id is distinct from new.parent_id or old.in_archive <> new.in_archive
    or old.withdrawn <> new.withdrawn or old.discoverable <> new.discoverable
    or old.metadata -> 'dc.type' is distinct from new.metadata -> 'dc.type'
    or old.metadata -> 'dspace.entity.type' is distinct from new.metadata -> 'dspace.entity.type'
  ))
  execute function dataset_after_record();

-- Where metadata name no times and places any more, there is nothing to read: who writes the item leaves it to this.
create function dataset_without_extent() returns trigger language plpgsql as $$
begin
  delete from dataset_part p where p.record_id = new.id and p.given is null;
  update dataset_part p set source = '{"times": [], "places": []}', start_ms = null, end_ms = null,
    geometry = null, box = null, form = null, shape = null,
    given = p.given - array['starttime', 'endtime', 'temporal_span', 'location', 'center', 'continent']
  where p.record_id = new.id;
  return null;
end $$;
create trigger record_without_extent after update on record for each row
  when (old.metadata ?| array['dcterms.temporal', 'dcterms.spatial', 'dc.coverage.temporal', 'dc.coverage.spatial']
    and not new.metadata ?| array['dcterms.temporal', 'dcterms.spatial', 'dc.coverage.temporal', 'dc.coverage.spatial'])
  execute function dataset_without_extent();

create function dataset_after_policy() returns trigger language plpgsql as $$
begin
  perform refresh_datasets(array(select distinct resource_id from changed));
  return null;
end $$;
create trigger policy_shelved_insert after insert on resource_policy referencing new table as changed
  for each statement execute function dataset_after_policy();
create trigger policy_shelved_delete after delete on resource_policy referencing old table as changed
  for each statement execute function dataset_after_policy();

create function dataset_after_policy_update() returns trigger language plpgsql as $$
begin
  perform refresh_datasets(array(select resource_id from fresh union select resource_id from gone));
  return null;
end $$;
create trigger policy_shelved_update after update on resource_policy referencing old table as gone new table as fresh
  for each statement execute function dataset_after_policy_update();
