-- Every process remembers which formats clues lead to: see watch-formats.ts. What decides on that is announced.
create function announce_formats() returns trigger language plpgsql as $$
begin
  perform pg_notify('hexapla_formats', '');
  return null;
end $$;
create trigger formats_announced after insert or update or delete on bitstream_format
  for each statement execute function announce_formats();
