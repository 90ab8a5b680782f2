import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider'

/** A form to send on. */
export function formPage(ctx: KoaContextWithOIDC, form: string): void {
  ctx.type = 'html'
  ctx.body = form
}

/** Asks whether to leave the provider too; sending the form says yes. */
export function logoutPage(ctx: KoaContextWithOIDC, form: string): void {
  formPage(ctx, form.replace('</form>', '<input type="hidden" name="logout" value="yes"/></form>'))
}

/** Where a person would type a user code; ours come with the address, so this follows a wrong or a refused one. */
export function userCodePage(ctx: KoaContextWithOIDC, _form: string, _out?: ErrorOut, error?: Error): void {
  textPage(ctx, 400, error?.message ?? 'No user code')
}

/** The end of a way that leads nowhere else. */
export function donePage(ctx: KoaContextWithOIDC): void {
  textPage(ctx, 200, 'Done.')
}

/** The end of a way that failed. */
export function errorPage(ctx: KoaContextWithOIDC, { error, error_description }: ErrorOut): void {
  textPage(ctx, 400, `${error}: ${error_description ?? ''}`)
}

function textPage(ctx: KoaContextWithOIDC, status: number, text: string): void {
  ctx.type = 'text'
  ctx.status = status
  ctx.body = text
}
