-- Files that come with their dsids need none: to find that out costs less than to look for names for none of them.
create or replace function name_datastreams() returns trigger language plpgsql as $$
begin
  if exists (select from fresh f where f.bundle_id is not null
    and not exists (select from datastream d where d.bitstream_id = f.id)) then
    perform add_datastreams(array(select id from fresh where bundle_id is not null));
  end if;
  return null;
end $$;
