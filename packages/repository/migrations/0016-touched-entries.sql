-- Most writes to a record change nothing about it but the moment: a file came, or a policy. Its entry is not made anew then.

-- The moment of the last change has no place among its field's words, so that one can be put for the other.
create function search_places(field text, places text) returns text language sql immutable parallel safe as $$
  select case when field = 'fgs_lastModifiedDate_dt' then '' else ':' || places end
$$;

create or replace function search_terms(fields jsonb) returns tsvector language sql immutable parallel safe as $$
  select coalesce(string_agg(entry, ' '), '')::tsvector
  from jsonb_each(fields) f cross join lateral (
    select search_lexeme(f.key, t.word) || search_places(f.key, array_to_string(t.places, ','))
    from search_tokens(f.key, f.value) t
    union all
    select search_lexeme(f.key, '') where octet_length(f.key) < 2000
  ) lexemes (entry)
$$;

create or replace function quick_terms(fields jsonb) returns tsvector language sql immutable parallel safe as $$
  select coalesce(string_agg(entry, ' '), '')::tsvector from (
    select replace(' ' || jsonb_to_tsvector('simple', f.value, '["string"]')::text, ' ''',
      ' ' || left(search_lexeme(f.key, ''), -1))
    from jsonb_each(fields) f where not is_exact_field(f.key)
    union all
    select search_lexeme(f.key, v.value) || search_places(f.key, least(v.place, 16383)::text)
    from jsonb_each(fields) f
      cross join lateral jsonb_array_elements_text(f.value) with ordinality as v (value, place)
    where is_exact_field(f.key) and octet_length(v.value) + octet_length(f.key) < 2000
    union all
    select search_lexeme(f.key, '') from jsonb_object_keys(fields) f (key) where octet_length(f.key) < 2000
  ) lexemes (entry)
$$;

create or replace function search_after_update() returns trigger language plpgsql as $$
declare changed uuid[];
begin
  changed := array(
    select fresh.id from fresh join gone using (id)
    where (fresh.parent_id, fresh.submitter_id, fresh.in_archive,
        fresh.withdrawn, fresh.discoverable, fresh.metadata, fresh.virtual_metadata)
      is distinct from (gone.parent_id, gone.submitter_id, gone.in_archive,
        gone.withdrawn, gone.discoverable, gone.metadata, gone.virtual_metadata)
  );
  if cardinality(changed) > 0 then perform refresh_search(changed); end if;
  update search_entry e set
    modified_at = fresh.modified_at,
    fields = e.fields || jsonb_build_object('fgs_lastModifiedDate_dt', search_moment(fresh.modified_at)),
    terms = search_lexeme('fgs_lastModifiedDate_dt', search_moment(fresh.modified_at) ->> 0)::tsvector || ts_delete(e.terms,
      chr(31) || 'fgs_lastModifiedDate_dt' || chr(31) || (e.fields -> 'fgs_lastModifiedDate_dt' ->> 0)),
    indexed_at = clock_timestamp()
  from fresh join gone using (id)
  where e.id = fresh.id and fresh.modified_at <> gone.modified_at and fresh.id <> all(changed);
  return null;
end $$;

-- The entries that there are have the moment with a place.
update search_entry set terms = search_lexeme('fgs_lastModifiedDate_dt', fields -> 'fgs_lastModifiedDate_dt' ->> 0)::tsvector
  || ts_delete(terms, chr(31) || 'fgs_lastModifiedDate_dt' || chr(31) || (fields -> 'fgs_lastModifiedDate_dt' ->> 0));
