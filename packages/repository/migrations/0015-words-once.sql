-- The words of a record's metadata are in its search entry: an index of its own on them had them found out twice.
drop index record_words_index;

-- The words of every field as search_terms has them, for fields without words that are too long for a lexeme together with
-- the field's name. Words have no blanks, and a tsvector is written with a blank and a quote before each, so that the name
-- of their field is put before all of them at once.
create function quick_terms(fields jsonb) returns tsvector language sql immutable parallel safe as $$
  select coalesce(string_agg(entry, ' '), '')::tsvector from (
    select replace(' ' || jsonb_to_tsvector('simple', f.value, '["string"]')::text, ' ''',
      ' ' || left(search_lexeme(f.key, ''), -1))
    from jsonb_each(fields) f where not is_exact_field(f.key)
    union all
    select search_lexeme(f.key, v.value) || ':' || least(v.place, 16383)
    from jsonb_each(fields) f
      cross join lateral jsonb_array_elements_text(f.value) with ordinality as v (value, place)
    where is_exact_field(f.key) and octet_length(v.value) + octet_length(f.key) < 2000
    union all
    select search_lexeme(f.key, '') from jsonb_object_keys(fields) f (key) where octet_length(f.key) < 2000
  ) lexemes (entry)
$$;

create or replace function search_vectors(metadata jsonb, fields jsonb, out words tsvector, out terms tsvector)
language plpgsql immutable parallel safe as $$
begin
  words := record_words(metadata);
  terms := quick_terms(fields);
exception when program_limit_exceeded then
  -- A word is too long, or there are too many.
  begin
    terms := search_terms(fields);
  exception when program_limit_exceeded then
    terms := search_terms(exact_fields(fields));
  end;
end $$;
