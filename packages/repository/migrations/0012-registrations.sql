-- Who has registered and not shown yet that the address is theirs: they become people when they do, under the same id.
create table registration (
  id            uuid primary key,
  -- In lower case.
  email         text not null,
  password_hash text not null,
  -- SHA-256 of the code that was mailed; null until it is. Nobody can read the code back.
  code_digest   bytea,
  expires_at    timestamptz(3) not null
);
create unique index registration_email on registration (email);
create index registration_expires_at on registration (expires_at);

-- What was done lately that may be done so often only, for the processes that share a database. Lost in a crash.
create unlogged table hit_window (
  key        text primary key,
  -- Moments in microseconds since 1970, the oldest first.
  hits       bigint[] not null default '{}',
  expires_at timestamptz not null default 'infinity'
) with (fillfactor = 50);

-- Counts a hit under each key, or under none where one of them has as many as it may within its time (milliseconds);
-- tells what counts under each then. Whoever counts under the same keys waits, in the order of the keys.
create function take_hits(
  wanted text[], most integer[], widths bigint[], out moment bigint, out is_taken boolean, out kept jsonb
) language plpgsql as $$
declare
  held integer;
begin
  loop
    insert into hit_window (key) select k from unnest(wanted) k order by k on conflict do nothing;
    perform from hit_window where key = any(wanted) order by key for update;
    get diagnostics held = row_count;
    -- One may have been swept in between.
    exit when held = cardinality(wanted);
  end loop;
  moment := extract(epoch from clock_timestamp()) * 1000000;
  update hit_window w set
      hits = array(select h from unnest(w.hits) h where h > moment - q.width * 1000 order by h),
      expires_at = clock_timestamp() + q.width * interval '1 millisecond'
    from unnest(wanted, widths) q (key, width) where w.key = q.key;
  is_taken := not exists (
    select from unnest(wanted, most) q (key, most) join hit_window w using (key) where cardinality(w.hits) >= q.most
  );
  if is_taken then
    update hit_window set hits = hits || moment where key = any(wanted);
  end if;
  select jsonb_object_agg(key, hits) into kept from hit_window where key = any(wanted);
end $$;
