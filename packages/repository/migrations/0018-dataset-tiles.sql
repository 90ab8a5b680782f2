-- Datasets by where they are and when at once, so that a query for a place, a time and a name reads little more than what it finds.

-- The tile that a box is filed under (`tiles.ts`): the smallest that is larger than the box, with its south-west corner in it; as level, row and column.
create function dataset_tile(extent box) returns integer language sql immutable strict parallel safe as $$
  select (tile.level << 20)
    | (floor(((extent[1])[1] + 90e9) / tile.size)::integer << 10)
    | floor(((extent[1])[0] + 180e9) / tile.size)::integer
  from (
    select level, 360e9::float8 / (1 << level)
    from (select 6 - width_bucket(greatest(width(extent), height(extent)),
      array[5.625e9, 11.25e9, 22.5e9, 45e9, 90e9, 180e9]::float8[])) fitting (level)
  ) tile (level, size)
$$;

-- A shape as queries compare it by the thousand (`outline.ts`): a polygon of one ring as the numbers of its places; null where the text is too long for an index.
create function dataset_outline(shape json) returns text language sql immutable strict parallel safe as $$
  select case when octet_length(outline) <= 1000 then outline end
  from (
    select case
      when shape #> '{points,0}' is null and shape #> '{lines,0}' is null and shape #> '{polygons,1}' is null
        and shape #> '{polygons,0,1}' is null
        then '[' || translate(shape #>> '{polygons,0,0}', '[] ', '') || ']'
      else shape::text
    end
  ) short (outline)
$$;

drop index dataset_on_shelf, dataset_place;
alter table dataset
  alter column outline type text using dataset_outline(outline::json),
  add column tile integer generated always as (dataset_tile(box)) stored;
-- For names and times that few datasets have, and for those without a place.
create index dataset_on_shelf on dataset (shelf_id, start_ms) include (end_ms, box, form, record_id);
-- For names, times and places together. Outlines of thousands may be compared for a query: in the table, each would be on another page.
create index dataset_on_tile on dataset (tile, shelf_id, start_ms) include (end_ms, box, form, record_id, outline)
  where tile is not null;
-- For where most datasets lie on few tiles.
create index dataset_place on dataset using gist (box) include (shelf_id, start_ms, end_ms, form, record_id, outline)
  where box is not null;

-- As before, but for the outline.
create or replace function refresh_datasets(ids uuid[]) returns void language plpgsql volatile as $$
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
      dataset_outline(p.shape)
    from wanted w
      join (select * from known union all select * from fresh) shelf on shelf.digest = w.digest
      join dataset_part p on p.record_id = w.record_id
    on conflict (record_id) do update set shelf_id = excluded.shelf_id, start_ms = excluded.start_ms,
      end_ms = excluded.end_ms, box = excluded.box, form = excluded.form, outline = excluded.outline;
  delete from dataset d using dataset_part p
    where d.record_id = any(ids) and p.record_id = d.record_id and num_nonnulls(p.given, p.start_ms, p.end_ms, p.box) = 0;
end $$;
