-- Who an OpenID provider knows somebody as. The link is made at the first sign-in; the subject stays when names and
-- addresses change (OpenID Connect Core section 5.7).
create table person_identity (
  issuer     text not null,
  subject    text not null,
  person_id  uuid not null references person on delete cascade,
  created_at timestamptz(3) not null,
  primary key (issuer, subject),
  -- An address that the provider gives to somebody else must not lead to the account of whoever had it.
  constraint person_identity_person unique (person_id, issuer)
);
