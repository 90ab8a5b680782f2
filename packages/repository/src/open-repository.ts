import { inspect } from 'node:util'
import { createDiskContentStore } from './content/disk-content-store.ts'
import type { Clock } from './domain/clock.ts'
import type { HitWindows } from './domain/limits/hit-windows.ts'
import type { MailSender } from './domain/mail/mail-sender.ts'
import type { NamingConfig } from './domain/records/identifiers.ts'
import { postgresActorReader } from './postgres/access/postgres-actor-reader.ts'
import { watchRights } from './postgres/access/watch-rights.ts'
import { hearAnnouncements, type Announcements } from './postgres/announcements.ts'
import { openDatabase, type Database } from './postgres/database.ts'
import { reachDatabase, type ReachedDatabase } from './postgres/reach-database.ts'
import { sameServerGuard } from './postgres/same-server-guard.ts'
import { postgresOutbox } from './postgres/outbox/postgres-outbox.ts'
import { migrate } from './postgres/migrate.ts'
import { postgresReading, postgresSearching, postgresUnitOfWork } from './postgres/postgres-unit-of-work.ts'
import { watchFormats } from './postgres/registries/watch-formats.ts'
import { repositorySecret } from './postgres/secrets.ts'
import { writeTokenUse } from './postgres/tokens/postgres-token-store.ts'
import { contentJobs } from './jobs/content-jobs.ts'
import { entryJobs } from './jobs/entry-jobs.ts'
import { keepContentsBeside } from './jobs/keep-contents.ts'
import { keepingWorker } from './jobs/keeping-worker.ts'
import { noteTokenUses } from './jobs/note-token-uses.ts'
import { mailJobs } from './jobs/mail-jobs.ts'
import { outboxWorker } from './jobs/outbox-worker.ts'
import { openHitWindows, type HitStore } from './limits/open-hit-windows.ts'
import { mailFolder } from './mail/mail-folder.ts'
import { smtpSender } from './mail/smtp-sender.ts'
import { argon2Hasher } from './security/argon2-hasher.ts'
import { completeDatasets } from './services/datasets/complete-datasets.ts'
import { recoverStagedContent, type Recovery } from './services/files/recover-staged-content.ts'
import { catchUpIndex } from './services/search/catch-up-index.ts'
import { completeSearchIndex } from './services/search/rebuild-search-index.ts'
import { upToDate } from './services/search/up-to-date.ts'
import { prepareRepository, type FirstStart } from './services/first-start/prepare-repository.ts'
import { openSearchEngine } from './open-search-engine.ts'
import { openOutside, scheduleHarvests, type OutsideConfig } from './open-outside.ts'
import { createUseCases, type UseCases } from './use-cases.ts'

/** What a repository is opened with. */
export interface RepositoryConfig {
  /** Where the embedded database and the files are. */
  readonly dataDirectory: string
  /** An external PostgreSQL, in place of the embedded one. */
  readonly databaseUrl?: string
  readonly naming: NamingConfig
  /** What is made at the first start. */
  readonly firstStart: FirstStart
  /**
   * The core or collection of a Solr that answers queries. Null for none, so that one that was in use is forgotten; without
   * it that is left to other processes on the same database.
   */
  readonly solrUrl?: string | null
  /** Where messages go: without an SMTP server into the folder `mail` of the data directory. */
  readonly mail?: { readonly smtpUrl?: string; readonly from: string }
  /** Where what may happen so often only is counted; in memory unless said otherwise. */
  readonly hitStore?: HitStore
  /** Whom else it may ask: providers to harvest from, and services that know metadata. */
  readonly outside?: OutsideConfig
  readonly clock?: Clock
  /**
   * Whether a repository that another process serves from the same data directory may be joined: its database is shared,
   * and its background work is left to it. Without it, such a directory is refused.
   */
  readonly join?: boolean
  /** Told when the embedded database ends without having been asked to. Nothing works any more then. */
  readonly onDatabaseLost?: (exit: { readonly code: number | null; readonly signal: string | null }) => void
  /** Told what goes on while opening. */
  readonly log?: (line: string) => void
}

/** An open repository. */
export interface Repository {
  readonly useCases: UseCases
  readonly database: Database
  /** The administrator made just now, at the first start. */
  readonly administrator: { readonly email: string; readonly password: string } | undefined
  /** Counts what may happen so often only. */
  readonly hits: HitWindows
  /** A secret that lives as long as the repository; see `repositorySecret`. */
  secret(name: string): Promise<Uint8Array>
  /** Resolves when the bytes of all files that were committed before are permanent, and the search index has their records. */
  settled(): Promise<void>
  /** Ends background work, connections and the embedded database. */
  close(): Promise<void>
}

/**
 * Opens a repository: starts or reaches its database, brings the schema up to date, makes what every repository has,
 * and finishes what a crash interrupted.
 *
 * @throws EmbeddedPostgresError e.g. `DATA_DIRECTORY_IN_USE` when another process serves from the data directory
 */
export async function openRepository(config: RepositoryConfig): Promise<Repository> {
  const server = await reachDatabase(config)
  const database = openDatabase(server.address)
  const announcements = hearAnnouncements(server.address, database)
  try {
    return await openOn(config, { database, announcements, server })
  } catch (error) {
    await announcements.stop()
    await database.close()
    await server.stop()
    throw error
  }
}

/**
 * Milliseconds between rounds of writing search entries: the longer, the more writes to a record share one. Searches do not
 * wait for a round.
 */
const INDEX_GATHER = 500

/** What was opened, and must be closed again. */
interface Opened {
  readonly database: Database
  readonly announcements: Announcements
  readonly server: ReachedDatabase
}

async function openOn(
  config: RepositoryConfig,
  { database, announcements, server }: Opened,
): Promise<Repository> {
  const clock = config.clock ?? (() => new Date())
  const log = config.log ?? (() => undefined)
  const applied = await migrate(database.write)
  if (applied.length > 0) log(`database schema: ${applied.join(', ')}`)
  const contents = await createDiskContentStore({ directory: config.dataDirectory })
  const stored = postgresReading(database.read)
  const reading = {
    ...stored,
    ...postgresSearching(database.search),
    actors: watchRights(announcements, postgresActorReader(database.read)),
    formats: { ...stored.formats, ...watchFormats(announcements, stored.formats) },
  }
  const passwords = argon2Hasher()
  const { naming } = config
  let nudge = (): void => undefined
  const guard = server.joined ? await sameServerGuard(database.write) : undefined
  const unitOfWork = postgresUnitOfWork(database.transact, {
    naming,
    onCommitted: () => nudge(),
    ...(guard && { guard }),
  })
  for await (const { done, total } of completeSearchIndex({ reading, unitOfWork, clock })()) {
    log(`search index: ${done} of ${total} records`)
  }
  for await (const done of completeDatasets({ unitOfWork })()) log(`datasets: ${done} items read`)
  const administrator = await prepareRepository({ unitOfWork, clock, naming, passwords })(config.firstStart)
  if (!server.joined) {
    // Who starts the embedded database is the first on it, and nobody can have an upload under way.
    const recover = recoverStagedContent({ reading, unitOfWork, contents, clock })
    const recovery = await recover(config.databaseUrl === undefined ? { minimumAge: 0 } : {})
    for (const line of recoveryLines(recovery)) log(line)
  }
  const hits = await openHitWindows(config.hitStore ?? 'memory', {
    write: database.write,
    clock,
    report: (error) => log(`the store of rate limits: ${inspect(error)}`),
  })
  const search = await openSearchEngine(config.solrUrl, { reading, unitOfWork, clock, log })
  // Apart, so that a mail server that does not answer holds up nothing else.
  const outboxWorkers = [
    { ...contentJobs({ unitOfWork, contents }), ...entryJobs({ unitOfWork, contents }) },
    mailJobs({ unitOfWork, mail: mailSender(config, clock), clock }),
  ].map((handlers) =>
    outboxWorker({
      outbox: postgresOutbox(database.write),
      handlers,
      report: ({ job, error }) => log(`${job?.topic ?? 'background work'} failed: ${inspect(error)}`),
    }),
  )
  const catchUp = catchUpIndex({ reading, unitOfWork, contents })
  const indexWorker = keepingWorker({
    keep: catchUp,
    gather: INDEX_GATHER,
    report: (error) =>
      log(error === undefined ? 'search index: in step again' : `search index: ${inspect(error)}`),
  })
  const workers = [...outboxWorkers, indexWorker, ...(search === undefined ? [] : [search.worker])]
  if (!server.joined) {
    nudge = () => {
      for (const worker of workers) worker.nudge()
    }
    for (const worker of workers) worker.start()
  }
  const keeper = keepContentsBeside({
    unitOfWork,
    contents,
    report: (error) => log(`content was not made permanent: ${inspect(error)}`),
  })
  const tokenUses = noteTokenUses({
    write: (tokenId, moment) => writeTokenUse(database.write, tokenId, moment),
    report: (error) => log(`the use of a token was not noted: ${inspect(error)}`),
  })
  const useCases = createUseCases({
    reading: upToDate({ ...reading, recordQueries: search?.recordQueries ?? reading.recordQueries }, catchUp),
    engine: search?.engine,
    unitOfWork,
    contents,
    keeper,
    clock,
    naming,
    passwords,
    tokenUses,
    hits,
    ...openOutside(config.outside ?? {}, database.write),
  })
  const schedule = scheduleHarvests(config.outside ?? {}, useCases, { clock, log })
  if (!server.joined) schedule?.start()
  return {
    useCases,
    database,
    hits,
    administrator,
    secret: (name) => repositorySecret(database.write, name),
    async settled() {
      await keeper.settled()
      await catchUp(() => true)
      await indexWorker.settled()
    },
    async close() {
      await schedule?.stop()
      await Promise.all(workers.map((worker) => worker.stop()))
      await keeper.settled()
      await contents.close()
      await tokenUses.settled()
      await hits.close()
      await announcements.stop()
      await database.close()
      await server.stop()
    },
  }
}

function mailSender({ dataDirectory, mail }: RepositoryConfig, clock: Clock): MailSender {
  const { smtpUrl, from } = mail ?? { from: 'hexapla@localhost' }
  return smtpUrl === undefined
    ? mailFolder({ dataDirectory, from, clock })
    : smtpSender({ url: smtpUrl, from })
}

function recoveryLines({ kept, removed, missing }: Recovery): string[] {
  return [
    ...(kept > 0 ? [`made ${kept} files permanent that a crash left in staging`] : []),
    ...(removed > 0 ? [`removed ${removed} leftovers of uploads`] : []),
    ...missing.map(({ sha256 }) => `content ${sha256} is missing: run hexapla fixity`),
  ]
}
