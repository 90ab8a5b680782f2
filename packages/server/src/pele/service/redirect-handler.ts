import { RestHandler } from '@hexapla/rest'

/** Leads to the page about the API, as the original's root does. */
export class RedirectHandler extends RestHandler<{ readonly location: () => string }> {
  override get(): void {
    this.response.status(302).header('Location', this.deps.location())
  }
}
