-- Writes anew who may read the records that there are notes of, and keeps the notes: entries may be late, rights may not.
create function write_stale_readers() returns void language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('search_stale', 0));
  perform refresh_readers(array(
    select distinct s.record_id from search_stale s join search_entry e on e.id = s.record_id
  ));
end $$;
