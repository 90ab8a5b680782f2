import { Type, type Static } from 'typebox'

/** A link of a HAL document: always an absolute address. */
export const Link = Type.Object({ href: Type.String({ pattern: '^https?://' }) })
export type Link = Static<typeof Link>

/** What a list says of itself (RestContract README, "Pagination"). `number` is 0-based. */
export const PageInfo = Type.Object({
  size: Type.Integer({ minimum: 1 }),
  totalElements: Type.Integer({ minimum: 0 }),
  totalPages: Type.Integer({ minimum: 0 }),
  number: Type.Integer({ minimum: 0 }),
})
export type PageInfo = Static<typeof PageInfo>

/** What every document of a resource has. */
export const HalResource = Type.Object({
  type: Type.String({ minLength: 1 }),
  _links: Type.Intersect([
    Type.Object({ self: Link }),
    Type.Record(
      Type.String(),
      Type.Union([Link, Type.Array(Type.Object({ name: Type.String(), href: Type.String() }))]),
    ),
  ]),
  _embedded: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})
export type HalResource = Static<typeof HalResource>

/** A page of a list: `_embedded` is absent when nothing is in it. */
export const HalList = Type.Object({
  _embedded: Type.Optional(
    Type.Record(Type.String(), Type.Array(Type.Unknown()), { minProperties: 1, maxProperties: 1 }),
  ),
  _links: Type.Object({
    self: Link,
    first: Type.Optional(Link),
    prev: Type.Optional(Link),
    next: Type.Optional(Link),
    last: Type.Optional(Link),
  }),
  page: PageInfo,
})
export type HalList = Static<typeof HalList>
