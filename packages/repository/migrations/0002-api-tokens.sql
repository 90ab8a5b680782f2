-- Tokens that people make for their programs. Only the SHA-256 of a token is kept: nobody can read it back.
create table api_token (
  id           uuid primary key,
  person_id    uuid not null references person on delete cascade,
  name         text not null,
  scope        text not null check (scope in ('read', 'write', 'admin')),
  digest       bytea not null unique,
  created_at   timestamptz(3) not null,
  expires_at   timestamptz(3),
  -- Exact to a minute.
  last_used_at timestamptz(3),
  constraint api_token_person_name unique (person_id, name)
);
