-- A token is for what an object has under a name: a file, or DC and RELS-EXT, which are none. Those of before would have ended
-- within five minutes.

delete from datastream_token;
alter table datastream_token
  drop column bitstream_id,
  add column record_id uuid not null references record on delete cascade,
  add column dsid text not null;
create index datastream_token_record on datastream_token (record_id);
