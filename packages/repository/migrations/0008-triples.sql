-- What is said of records in RELS-EXT beside their models and the collections that they are in, which have columns of their own.

create table triple (
  record_id uuid not null references record on delete cascade,
  -- In the order in which they came.
  place     integer not null,
  -- The predicate in two parts; the second is an XML name.
  namespace text not null,
  predicate text not null,
  -- A URI, as info:fedora/islandora:1, or the text of a literal.
  object    text not null,
  literal   boolean not null,
  -- The URI of a literal's datatype; of a plain one, its language or nothing.
  datatype  text,
  language  text,
  primary key (record_id, place),
  check (num_nonnulls(datatype, language) <= literal::int)
);

-- The triples of a record as fields of the index, by the names that Islandora's index gives them.
create function search_triples(subject uuid) returns jsonb language sql stable as $$
  select coalesce(jsonb_object_agg(field, vals), '{}') from (
    select 'RELS_EXT_' || t.predicate || case when t.literal then '_literal_ms' else '_uri_ms' end as field,
      jsonb_agg(t.object order by t.place) as vals
    from triple t where t.record_id = subject group by field
  ) fields
$$;

-- As in 0006-search.sql, with the triples; models and collections stand before what triples add to their fields.
create or replace function search_entries_of(ids uuid[]) returns setof search_entry language sql volatile as $$
  select r.id, r.kind, r.pid, r.title, lower(r.title), r.metadata -> 'dc.date.accessioned' -> 0 ->> 'value',
    f.fields -> 'fgs_state_s' ->> 0, r.created_at, r.modified_at, f.fields, v.words, v.terms, clock_timestamp()
  from record r
    left join object_fact o on o.record_id = r.id
    left join person p on p.id = r.submitter_id
    cross join lateral search_triples(r.id) t (fields)
    -- What does not come from metadata has the names that Islandora's index gives it.
    cross join lateral (
      select search_metadata(open_metadata(r.metadata), open_metadata(r.virtual_metadata)) || t.fields || jsonb_strip_nulls(jsonb_build_object(
        'PID', jsonb_build_array(r.pid),
        'fgs_label_s', case when r.title is not null then jsonb_build_array(r.title) end,
        'fgs_state_s', jsonb_build_array(case
          when r.withdrawn then 'Deleted' when r.in_archive and r.discoverable then 'Active' else 'Inactive' end),
        -- Not what people sign in with: that is not for everybody to see.
        'fgs_ownerId_s', '[]'::jsonb || to_jsonb(coalesce(o.owner, person_name(p.metadata))),
        'fgs_createdDate_dt', search_moment(r.created_at),
        'fgs_lastModifiedDate_dt', search_moment(r.modified_at),
        'RELS_EXT_hasModel_uri_ms', nullif(coalesce((
          select jsonb_agg('info:fedora/' || model order by place) from (
            select model, min(place) as place from unnest(case r.kind
              when 'collection' then array['islandora:collectionCModel']
              when 'community' then array['islandora:collectionCModel', 'hexapla:communityCModel']
              else '{}' end || coalesce(o.models, '{}')) with ordinality as given (model, place)
            group by model
          ) models
        ), '[]') || coalesce(t.fields -> 'RELS_EXT_hasModel_uri_ms', '[]'), '[]'),
        'RELS_EXT_isMemberOfCollection_uri_ms', nullif(coalesce((
          -- The owning one comes first.
          select jsonb_agg('info:fedora/' || above.pid order by above.id = r.parent_id desc, above.pid)
          from record above
          -- An array, so that the planner cannot but look up the few.
          where above.id = any(array(
            select r.parent_id union all select m.collection_id from mapped_collection m where m.item_id = r.id
          ))
        ), '[]') || coalesce(t.fields -> 'RELS_EXT_isMemberOfCollection_uri_ms', '[]'), '[]')
      )) as fields
      offset 0
    ) f
    cross join lateral search_vectors(open_metadata(r.metadata), f.fields) v
  where r.id = any(ids) and r.kind <> 'site' and r.template_of_id is null
$$;

create function search_after_triples() returns trigger language plpgsql as $$
begin
  perform refresh_search(array(select distinct record_id from changed));
  return null;
end $$;
create trigger triple_searched_insert after insert on triple referencing new table as changed
  for each statement execute function search_after_triples();
create trigger triple_searched_delete after delete on triple referencing old table as changed
  for each statement execute function search_after_triples();

-- A record that becomes one of another kind gets an entry of that kind.
create function search_after_conversion() returns trigger language plpgsql as $$
begin
  delete from search_entry where id = new.id;
  return null;
end $$;
create trigger record_searched_conversion after update on record for each row when (old.kind <> new.kind)
  execute function search_after_conversion();
