-- Every process remembers who people are, as it does for visitors: see watch-rights.ts. What decides on that is announced.
create trigger members_announced after insert or update or delete on group_person
  for each statement execute function announce_rights();
create trigger session_announced after update on person
  for each row when (old.session_id is distinct from new.session_id or old.can_log_in <> new.can_log_in)
  execute function announce_rights();
create trigger person_announced after delete on person
  for each statement execute function announce_rights();
-- Whoever administered an item may administer a community or collection now.
create trigger kind_announced after update of kind on record
  for each row when (old.kind <> new.kind) execute function announce_rights();
