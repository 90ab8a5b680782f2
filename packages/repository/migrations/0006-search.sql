-- What searches look at: a row for each community, collection and item (no template), written by the triggers below with every change of what it is made from.
create table search_entry (
  id           uuid primary key references record on delete cascade,
  kind         text not null,
  pid          text not null collate "C",
  label        text collate "C",
  title_order  text,
  accessioned  text,
  -- Islandora's name of it.
  state        text not null,
  created_at   timestamptz(3) not null,
  modified_at  timestamptz(3) not null,
  -- Field to its values.
  fields       jsonb not null,
  -- The words of all metadata.
  words        tsvector not null,
  -- Those of each field, with its name before them.
  terms        tsvector not null,
  indexed_at   timestamptz not null
);
-- Who finds an entry, beside it: policies change without its words, and what everybody sees is counted here.
create table search_access (
  id            uuid primary key references record on delete cascade,
  -- In the archive, discoverable and not withdrawn.
  listed        boolean not null,
  -- The community or collection whose administrators rule over the record.
  container_id  uuid,
  -- Whom policies for READ or ADMIN on the record name for ever; whether there are such policies for a time.
  reader_groups uuid[] not null,
  reader_people uuid[] not null,
  has_periods   boolean not null
);

create index search_entry_words on search_entry using gin (words);
create index search_entry_terms on search_entry using gin (terms);
create index search_entry_pid on search_entry (pid);
create index search_entry_title on search_entry (title_order, id);
create index search_entry_created on search_entry (created_at, pid);
create index search_entry_modified on search_entry (modified_at, pid);

-- All words that ever were in metadata, for patterns and misspellings; not the addresses, which are as many as records. A word
-- may be there twice: no write waits for another one's words.
create table search_word (word text not null);
create index search_word_word on search_word (word);

-- Whether the values of a field are taken as a whole, by the endings of Solr's dynamic fields.
create function is_exact_field(field text) returns boolean language sql immutable parallel safe as $$
  select field = 'PID' or field ~ '_(s|ms|dt|mdt)$'
$$;

-- A word of a field as a lexeme; words of no field (null) have none of the separators.
create function search_lexeme(field text, word text) returns text language sql immutable parallel safe as $$
  select '''' || replace(replace(
    coalesce(chr(31) || field || chr(31), '') || word, '\', '\\'), '''', '''''') || ''''
$$;

-- The words of a field's values (an array of strings), with their places. A lexeme has 2046 bytes at most.
create function search_tokens(field text, vals jsonb) returns table (word text, places int[])
language sql immutable parallel safe as $$
  select v.value, array[least(v.place, 16383)::int]
  from jsonb_array_elements_text(vals) with ordinality as v (value, place)
  where is_exact_field(field) and octet_length(v.value) + octet_length(field) < 2000
  union all
  select t.lexeme, t.positions::int[] from unnest(jsonb_to_tsvector('simple', vals, '["string"]')) t
  where not is_exact_field(field) and octet_length(t.lexeme) + octet_length(field) < 2000
$$;

-- A field itself is a lexeme too, without a word: it tells that there is any.
create function search_terms(fields jsonb) returns tsvector language sql immutable parallel safe as $$
  select coalesce(string_agg(entry, ' '), '')::tsvector
  from jsonb_each(fields) f cross join lateral (
    select search_lexeme(f.key, t.word) || ':' || array_to_string(t.places, ',') from search_tokens(f.key, f.value) t
    union all
    select search_lexeme(f.key, '') where octet_length(f.key) < 2000
  ) lexemes (entry)
$$;

-- The metadata that everybody may see who may see the record; see `HIDDEN_FIELDS` of the DSpace dialect.
create function open_metadata(metadata jsonb) returns jsonb language sql immutable parallel safe as $$
  select metadata - array['dc.description.provenance', 'person.email']
$$;

-- The metadata as field -> values, with what is shown of related items behind the own values.
create function search_metadata(own jsonb, related jsonb) returns jsonb language sql immutable parallel safe as $$
  select coalesce(jsonb_object_agg(field, vals), '{}') from (
    select f.key as field, jsonb_agg(v -> 'value') as vals
    from (select * from jsonb_each(own) union all select * from jsonb_each(related)) f
      cross join lateral jsonb_array_elements(f.value) v
    where v ->> 'value' is not null
    group by f.key
  ) shown
$$;

create function exact_fields(fields jsonb) returns jsonb language sql immutable parallel safe as $$
  select coalesce(jsonb_object_agg(f.key, f.value), '{}') from jsonb_each(fields) f where is_exact_field(f.key)
$$;

-- A tsvector holds so many different words and no more. A record is never refused for what it says: with too many for its
-- fields' words, it is found by all words, and by the fields that are taken as a whole.
create function search_vectors(metadata jsonb, fields jsonb, out words tsvector, out terms tsvector)
language plpgsql immutable parallel safe as $$
begin
  words := record_words(metadata);
  begin
    terms := search_terms(fields);
  exception when program_limit_exceeded then
    terms := search_terms(
      (select coalesce(jsonb_object_agg(f.key, f.value), '{}') from jsonb_each(fields) f where is_exact_field(f.key)));
  end;
end $$;

create function search_moment(moment timestamptz) returns jsonb language sql immutable parallel safe as $$
  select jsonb_build_array(to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
$$;

create function search_access_of(ids uuid[]) returns setof search_access language sql volatile as $$
  select r.id, r.in_archive and r.discoverable and not r.withdrawn,
    case r.kind when 'item' then r.parent_id else r.id end,
    coalesce(array_agg(p.group_id order by p.id) filter (where p.group_id is not null and not d.is_period), '{}'),
    coalesce(array_agg(p.person_id order by p.id) filter (where p.person_id is not null and not d.is_period), '{}'),
    coalesce(bool_or(d.is_period), false)
  from record r
    left join resource_policy p on p.resource_id = r.id and p.action in ('READ', 'ADMIN')
    cross join lateral (select p.start_date is not null or p.end_date is not null) d (is_period)
  where r.id = any(ids) and r.kind <> 'site' and r.template_of_id is null
  group by r.id
$$;

create function person_name(metadata jsonb) returns text language sql immutable parallel safe as $$
  select nullif(trim(coalesce(metadata -> 'eperson.firstname' -> 0 ->> 'value', '') || ' '
    || coalesce(metadata -> 'eperson.lastname' -> 0 ->> 'value', '')), '')
$$;

create function search_entries_of(ids uuid[]) returns setof search_entry language sql volatile as $$
  select r.id, r.kind, r.pid, r.title, lower(r.title), r.metadata -> 'dc.date.accessioned' -> 0 ->> 'value',
    f.fields -> 'fgs_state_s' ->> 0, r.created_at, r.modified_at, f.fields, v.words, v.terms, clock_timestamp()
  from record r
    left join object_fact o on o.record_id = r.id
    left join person p on p.id = r.submitter_id
    -- What does not come from metadata has the names that Islandora's index gives it.
    cross join lateral (
      select search_metadata(open_metadata(r.metadata), open_metadata(r.virtual_metadata)) || jsonb_strip_nulls(jsonb_build_object(
        'PID', jsonb_build_array(r.pid),
        'fgs_label_s', case when r.title is not null then jsonb_build_array(r.title) end,
        'fgs_state_s', jsonb_build_array(case
          when r.withdrawn then 'Deleted' when r.in_archive and r.discoverable then 'Active' else 'Inactive' end),
        -- Not what people sign in with: that is not for everybody to see.
        'fgs_ownerId_s', '[]'::jsonb || to_jsonb(coalesce(o.owner, person_name(p.metadata))),
        'fgs_createdDate_dt', search_moment(r.created_at),
        'fgs_lastModifiedDate_dt', search_moment(r.modified_at),
        'RELS_EXT_hasModel_uri_ms', (
          select jsonb_agg('info:fedora/' || model order by place) from (
            select model, min(place) as place from unnest(case r.kind
              when 'collection' then array['islandora:collectionCModel']
              when 'community' then array['islandora:collectionCModel', 'hexapla:communityCModel']
              else '{}' end || coalesce(o.models, '{}')) with ordinality as given (model, place)
            group by model
          ) models
        ),
        'RELS_EXT_isMemberOfCollection_uri_ms', (
          -- The owning one comes first.
          select jsonb_agg('info:fedora/' || above.pid order by above.id = r.parent_id desc, above.pid)
          from record above
          -- An array, so that the planner cannot but look up the few.
          where above.id = any(array(
            select r.parent_id union all select m.collection_id from mapped_collection m where m.item_id = r.id
          ))
        )
      )) as fields
      offset 0
    ) f
    cross join lateral search_vectors(open_metadata(r.metadata), f.fields) v
  where r.id = any(ids) and r.kind <> 'site' and r.template_of_id is null
$$;

-- Writes anew who may read. Whoever changes what this hangs on waits here for the others who do: what is read in the second
-- statement is what they have committed.
create function refresh_readers(ids uuid[]) returns void language plpgsql volatile as $$
begin
  perform from record r where r.id = any(ids) order by r.id for no key update;
  insert into search_access select * from search_access_of(ids)
  on conflict (id) do update set listed = excluded.listed, container_id = excluded.container_id,
    reader_groups = excluded.reader_groups, reader_people = excluded.reader_people, has_periods = excluded.has_periods;
end $$;

-- Writes entries anew, and who may read, in the same way.
create function refresh_search(ids uuid[]) returns void language plpgsql volatile as $$
begin
  perform refresh_readers(ids);
  insert into search_entry select * from search_entries_of(ids)
  on conflict (id) do update set label = excluded.label, title_order = excluded.title_order,
    accessioned = excluded.accessioned, state = excluded.state, modified_at = excluded.modified_at, fields = excluded.fields, words = excluded.words, terms = excluded.terms,
    indexed_at = excluded.indexed_at;
  insert into search_word
    select distinct w.lexeme from search_entry e cross join lateral unnest(e.words) w
    where e.id = any(ids) and position('/' in w.lexeme) = 0
      and not exists (select from search_word known where known.word = w.lexeme);
end $$;

create function search_after_insert() returns trigger language plpgsql as $$
begin
  perform refresh_search(array(select id from fresh));
  return null;
end $$;
create trigger record_searched_insert after insert on record referencing new table as fresh
  for each statement execute function search_after_insert();

create function search_after_update() returns trigger language plpgsql as $$
begin
  perform refresh_search(array(
    select fresh.id from fresh join gone using (id)
    where (fresh.modified_at, fresh.parent_id, fresh.submitter_id, fresh.in_archive,
        fresh.withdrawn, fresh.discoverable, fresh.metadata, fresh.virtual_metadata)
      is distinct from (gone.modified_at, gone.parent_id, gone.submitter_id, gone.in_archive,
        gone.withdrawn, gone.discoverable, gone.metadata, gone.virtual_metadata)
  ));
  return null;
end $$;
create trigger record_searched_update after update on record referencing old table as gone new table as fresh
  for each statement execute function search_after_update();

create function search_after_facts() returns trigger language plpgsql as $$
begin
  perform refresh_search(array(select record_id from changed));
  return null;
end $$;
create trigger fact_searched_insert after insert on object_fact referencing new table as changed
  for each statement execute function search_after_facts();
create trigger fact_searched_update after update on object_fact referencing new table as changed
  for each statement execute function search_after_facts();

create function search_after_renaming() returns trigger language plpgsql as $$
begin
  perform refresh_search(array(
    select r.id from record r join fresh on fresh.id = r.submitter_id join gone on gone.id = fresh.id
    where person_name(fresh.metadata) is distinct from person_name(gone.metadata)
  ));
  return null;
end $$;
create trigger person_searched_update after update on person referencing old table as gone new table as fresh
  for each statement execute function search_after_renaming();

create function search_after_mapping() returns trigger language plpgsql as $$
begin
  perform refresh_search(array(select distinct item_id from changed));
  return null;
end $$;
create trigger mapping_searched_insert after insert on mapped_collection referencing new table as changed
  for each statement execute function search_after_mapping();
create trigger mapping_searched_delete after delete on mapped_collection referencing old table as changed
  for each statement execute function search_after_mapping();

-- The words of a query, one after the other, of a field or of no field (null).
create function search_phrase(field text, words text) returns tsquery language sql immutable parallel safe as $$
  select coalesce(string_agg(search_lexeme(field, t.word), ' <-> ' order by place), '')::tsquery
  from search_tokens(coalesce(field, ''), jsonb_build_array(words)) t cross join lateral unnest(t.places) place
$$;

-- All words of a query, wherever they are.
create function search_all(field text, words text) returns tsquery language sql immutable parallel safe as $$
  select coalesce(string_agg(search_lexeme(field, t.word), ' & '), '')::tsquery
  from search_tokens(coalesce(field, ''), jsonb_build_array(words)) t
$$;

-- Whether the words of a query are so near to their places in a phrase: Lucene's slop.
create function search_near(vector tsvector, field text, words text, slop int) returns boolean
language sql immutable parallel safe as $$
  with wanted as (
    select coalesce(chr(31) || field || chr(31), '') || t.word as lexeme, place
    from search_tokens(coalesce(field, ''), jsonb_build_array(words)) t cross join lateral unnest(t.places) place
  ), shifted as (
    select w.place, found.position - w.place as shift
    from unnest(vector) v join wanted w on w.lexeme = v.lexeme
      cross join lateral unnest(v.positions) found (position)
  )
  select exists (
    select from shifted first
    where (select count(distinct s.place) from shifted s where s.shift between first.shift and first.shift + slop)
      = (select count(*) from wanted)
  )
$$;

-- The words of a field, or of none, that begin so.
create function search_prefix(field text, beginning text) returns tsquery language sql immutable parallel safe as $$
  select (case
    when is_exact_field(field) then search_lexeme(field, beginning)
    else search_lexeme(field, lower(beginning))
  end || ':*')::tsquery
$$;

-- The words of a field, or of none, that match an expression as a whole: a thousand of them, the most.
create function search_like(field text, beginning text, expression text) returns tsquery language sql stable parallel safe as $$
  select coalesce(string_agg(search_lexeme(field, word), '|'), '')::tsquery
  from (
    select distinct word from search_word
    where word ~ ('^(?:' || lower(expression) || ')$') and starts_with(word, lower(beginning))
      and octet_length(word) + coalesce(octet_length(field), 0) < 2000
    order by word limit 1000
  ) found
$$;

-- Whether a value of a field that is taken as a whole matches an expression.
create function search_matches(fields jsonb, field text, expression text) returns boolean
language sql immutable parallel safe as $$
  select exists (
    select from jsonb_array_elements_text(fields -> field) v (value) where v.value ~ ('^(?:' || expression || ')$')
  )
$$;

create function search_after_policy() returns trigger language plpgsql as $$
begin
  perform refresh_readers(array(select distinct resource_id from changed));
  return null;
end $$;
create trigger policy_searched_insert after insert on resource_policy referencing new table as changed
  for each statement execute function search_after_policy();
create trigger policy_searched_delete after delete on resource_policy referencing old table as changed
  for each statement execute function search_after_policy();

create function search_after_policy_update() returns trigger language plpgsql as $$
begin
  perform refresh_readers(array(select resource_id from fresh union select resource_id from gone));
  return null;
end $$;
create trigger policy_searched_update after update on resource_policy referencing old table as gone new table as fresh
  for each statement execute function search_after_policy_update();
