-- An item lies in a collection, and is shown in collections. Foreign keys see to it that what they name is there; while somebody
-- makes a community of it they wait, and these look again behind them (triggers fire in the order of their names).

create function record_in_collection() returns trigger language plpgsql
  set plan_cache_mode = force_generic_plan as $$
begin
  if not exists (select from record where id = new.parent_id and kind = 'collection') then
    raise foreign_key_violation using message = 'An item is in a collection',
      table = 'record', constraint = 'record_in_collection';
  end if;
  return null;
end $$;
create trigger record_in_collection after insert or update of parent_id on record for each row
  when (new.kind = 'item' and new.parent_id is not null) execute function record_in_collection();

create function mapped_into_collection() returns trigger language plpgsql
  set plan_cache_mode = force_generic_plan as $$
begin
  if not exists (select from record where id = new.collection_id and kind = 'collection') then
    raise foreign_key_violation using message = 'An item is mapped into a collection',
      table = 'mapped_collection', constraint = 'mapped_into_collection';
  end if;
  return null;
end $$;
create trigger mapped_into_collection after insert on mapped_collection for each row
  execute function mapped_into_collection();
