-- What roles may do with the Islandora dialect. Policies decide on each object besides.
create table role_permission (
  -- One of the two: everybody or everybody who has signed in, or else a group. Administrators hold every permission.
  role       text check (role in ('anonymous', 'authenticated')),
  group_id   uuid references person_group on delete cascade,
  permission text not null,
  check (num_nonnulls(role, group_id) = 1),
  unique nulls not distinct (role, group_id, permission)
);
create index role_permission_group on role_permission (group_id) where group_id is not null;

-- What everybody could do before there were permissions: read, and change what policies let them.
insert into role_permission (role, permission) values
  ('anonymous', 'ISLANDORA_REST_OBJECT_GET_PERM'),
  ('anonymous', 'ISLANDORA_REST_DATASTREAM_GET_PERM'),
  ('anonymous', 'ISLANDORA_REST_DATASTREAM_TOKEN_GET_PERM'),
  ('anonymous', 'ISLANDORA_REST_RELATIONSHIP_GET_PERM'),
  ('anonymous', 'ISLANDORA_SOLR_SEARCH_PERM'),
  ('authenticated', 'ISLANDORA_REST_OBJECT_PUT_PERM'),
  ('authenticated', 'ISLANDORA_REST_OBJECT_DELETE_PERM'),
  ('authenticated', 'ISLANDORA_REST_DATASTREAM_PUT_PERM'),
  ('authenticated', 'ISLANDORA_REST_DATASTREAM_POST_PERM'),
  ('authenticated', 'ISLANDORA_REST_DATASTREAM_DELETE_PERM'),
  ('authenticated', 'ISLANDORA_REST_RELATIONSHIP_POST_PERM'),
  ('authenticated', 'ISLANDORA_REST_RELATIONSHIP_DELETE_PERM');

create trigger permissions_announced after insert or update or delete on role_permission
  for each statement execute function announce_rights();

-- Policies of the origin `owner` are on items, one for each that somebody ingested: many for one person. Who administers
-- communities and collections is asked with every request, and not found among them.
create index resource_policy_administrator on resource_policy (person_id)
  where action = 'ADMIN' and origin <> 'owner' and person_id is not null;
drop trigger administration_given on resource_policy;
create trigger administration_given after insert on resource_policy
  for each row when (new.action = 'ADMIN' and new.origin <> 'owner') execute function announce_rights();

-- An object that becomes a collection is administered by whoever made it.
create function own_container() returns trigger language plpgsql as $$
begin
  update resource_policy set origin = 'custom' where resource_id = new.id and origin = 'owner';
  return null;
end $$;
create trigger record_owned after update of kind on record
  for each row when (old.kind = 'item' and new.kind <> 'item') execute function own_container();

-- Where the dialect is about some namespaces of pids, their objects are counted.
create index record_namespace on record (split_part(pid, ':', 1));
