-- Datastreams that hold an address (E, R), and tokens that let their bearer read one datastream.

alter table datastream drop constraint datastream_control_group_check;
alter table datastream add constraint datastream_control_group_check check (control_group in ('X', 'M', 'E', 'R'));

-- As before, but for those files that came with a name.
create or replace function add_datastreams(files uuid[]) returns void language sql as $$
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
    where f.id = any(files) and not exists (select from datastream d where d.bitstream_id = f.id)
  ) named
$$;

-- What lets its bearer read one datastream so many times, for a while. Who asked for it must still be allowed to.
create table datastream_token (
  digest       bytea primary key,
  bitstream_id uuid not null references bitstream on delete cascade,
  -- Null for a visitor.
  person_id    uuid references person on delete cascade,
  uses_left    integer not null,
  expires_at   timestamptz(3) not null
);
create index datastream_token_bitstream on datastream_token (bitstream_id);
create index datastream_token_person on datastream_token (person_id);
create index datastream_token_expiry on datastream_token (expires_at);
