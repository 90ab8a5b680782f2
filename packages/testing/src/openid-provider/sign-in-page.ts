import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Provider } from 'oidc-provider'

const form = `<form method="post" action="">
<input type="hidden" name="account" value=""/>
</form>`

/** Shows the sign-in page, and takes its answer: the `sub` of an account, or nothing for a refusal. */
export async function signInPage(provider: Provider, request: IncomingMessage, response: ServerResponse) {
  if (request.method !== 'POST') {
    response.setHeader('content-type', 'text/html')
    response.end(form)
    return
  }
  const accountId = new URLSearchParams(await text(request)).get('account') ?? ''
  const result =
    accountId === ''
      ? { error: 'access_denied', error_description: 'The person refused' }
      : { login: { accountId }, consent: {} }
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}
