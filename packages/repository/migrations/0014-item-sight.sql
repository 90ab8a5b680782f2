-- Items as they stand, unless the caller knows them in this very snapshot already. In PL/pgSQL, because a statement whose
-- second half is not needed would be set up whole all the same, which costs more than to run it.
-- `sought`: [{place, id, known: the version that the reader has}], `known`: the snapshot that the caller remembers.
-- Stable, so that all of it sees the snapshot of the calling statement. The policies are those of access-columns.ts.
create function sight_items(sought json, known text, out snapshot text, out seen json) language plpgsql stable as $$
begin
  snapshot := pg_current_snapshot()::text;
  if snapshot is distinct from known then
    seen := (
      select json_agg(json_build_object(
        'place', s.place, 'version', r.version, 'withdrawn', r.withdrawn,
        'container', coalesce(r.parent_id, r.template_of_id),
        'policies', (
          select json_agg(json_build_array(p.action, p.person_id, p.group_id, p.start_date, p.end_date))
          from resource_policy p where p.resource_id = r.id
        ),
        'record', case when r.version is distinct from s.known then row_to_json(r) end
      ))
      from json_to_recordset(sought) as s (place int, id uuid, known int)
      -- The lateral query keeps the planner from reading all records for a handful of them.
      cross join lateral (select * from record where id = s.id and kind = 'item' limit 1) r
    );
  end if;
end
$$;
