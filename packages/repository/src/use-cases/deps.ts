import type { OpenAddress } from '../domain/datastreams/open-address.ts'
import type { ContentKeeper } from '../domain/files/content-keeper.ts'
import type { ContentStore } from '../domain/files/content-store.ts'
import type { Clock } from '../domain/clock.ts'
import type { HitWindows } from '../domain/limits/hit-windows.ts'
import type { ExternalSource } from '../domain/external/external-source.ts'
import type { TakeHarvestLock } from '../domain/harvest/harvest-store.ts'
import type { PasswordHasher } from '../domain/people/password-hasher.ts'
import type { TokenUses } from '../domain/tokens/token-uses.ts'
import type { NamingConfig } from '../domain/records/identifiers.ts'
import type { SearchEngine } from '../domain/search/search-engine.ts'
import type { Reading, UnitOfWork } from '../domain/unit-of-work.ts'
import type { HarvestSources } from '../harvest/harvest-source.ts'

/** What the use cases work on. */
export interface UseCaseDeps {
  readonly reading: Reading
  readonly unitOfWork: UnitOfWork
  readonly contents: ContentStore
  readonly keeper: ContentKeeper
  readonly openAddress: OpenAddress
  readonly clock: Clock
  readonly naming: NamingConfig
  readonly passwords: PasswordHasher
  readonly tokenUses: TokenUses
  readonly harvestSources: HarvestSources
  readonly takeHarvestLock: TakeHarvestLock
  readonly externalSources: readonly ExternalSource[]
  /** Undefined where PostgreSQL alone answers searches. */
  readonly engine: SearchEngine | undefined
  readonly hits: HitWindows
}
