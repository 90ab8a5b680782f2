import type { Actor, UseCases } from '@hexapla/repository'
import { HttpError, json, RestHandler, type RestRequest, type SerializedJson } from '@hexapla/rest'

export interface ActuatorDeps {
  /** Absolute address that the actuator lies below, e.g. `http://127.0.0.1:8080/server`. */
  readonly server: () => string
  readonly system: UseCases['system']
  readonly findActor: (request: RestRequest) => Promise<Actor>
  readonly app: { readonly name: string; readonly version: string }
}

/** The media type of Spring's actuator, which monitoring programs look for. */
const ACTUATOR_TYPE = 'application/vnd.spring-boot.actuator.v3+json'
/** Who asks when nobody can be asked: the database that knows people may be what is down. */
const NOBODY: Actor = {
  personId: null,
  groupIds: [],
  administers: [],
  isAdministrator: false,
  permissions: [],
  specialGroupIds: [],
  scope: 'admin',
}

abstract class ActuatorHandler extends RestHandler<ActuatorDeps> {
  protected answer(document: object, status = 200): SerializedJson {
    this.response.status(status).type(ACTUATOR_TYPE).header('Cache-Control', 'no-store')
    return json(JSON.stringify(document))
  }

  protected get health(): ReturnType<UseCases['system']['health']> {
    return this.deps
      .findActor(this.request)
      .catch(() => NOBODY)
      .then((actor) => this.deps.system.health(actor))
  }
}

/** `actuator`: links to what can be observed (Spring Boot Actuator, "Hypermedia for Actuator Web Endpoints"). */
export class ActuatorLinksHandler extends ActuatorHandler {
  override get(): SerializedJson {
    const base = `${this.deps.server()}/actuator`
    return this.answer({
      _links: {
        self: { href: base, templated: false },
        health: { href: `${base}/health`, templated: false },
        'health-path': { href: `${base}/health/{component}`, templated: true },
        info: { href: `${base}/info`, templated: false },
      },
    })
  }
}

/** `actuator/health`: 200 when everything works, 503 when something does not (RestContract actuator.md). */
export class HealthHandler extends ActuatorHandler {
  override async get(): Promise<SerializedJson> {
    const { isUp, components } = await this.health
    const shown = components?.map((component) => [component.name, componentDocument(component)] as const)
    return this.answer(
      {
        status: isUp ? 'UP' : 'DOWN',
        ...(shown === undefined ? {} : { components: Object.fromEntries(shown) }),
      },
      isUp ? 200 : 503,
    )
  }
}

/** `actuator/health/:component`, for those who may see the components. */
export class ComponentHealthHandler extends ActuatorHandler {
  override async get(): Promise<SerializedJson> {
    const name = this.request.param('component')
    const component = (await this.health).components?.find((known) => known.name === name)
    if (component === undefined)
      throw new HttpError(404, 'component-unknown', `No component ${name} is shown`)
    return this.answer(componentDocument(component), component.isUp ? 200 : 503)
  }
}

/** `actuator/info`: what is running, for administrators (RestContract actuator.md). */
export class InfoHandler extends ActuatorHandler {
  override async get(): Promise<SerializedJson> {
    const { startedAt, uptimeSeconds } = this.deps.system.info(await this.deps.findActor(this.request))
    const { name, version } = this.deps.app
    return this.answer({
      app: { name, version: `Hexapla ${version}` },
      process: { startedAt: startedAt.toISOString(), uptimeSeconds, memoryBytes: process.memoryUsage.rss() },
      runtime: { name: 'Node.js', version: process.versions.node },
      os: { name: process.platform, architecture: process.arch },
    })
  }
}

type Component = NonNullable<Awaited<ReturnType<UseCases['system']['health']>>['components']>[number]

function componentDocument({ isUp, milliseconds, fault }: Component): object {
  return {
    status: isUp ? 'UP' : 'DOWN',
    details: { milliseconds, ...(fault === undefined ? {} : { error: fault }) },
  }
}
