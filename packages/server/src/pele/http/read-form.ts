import { HttpError, type RestRequest } from '@hexapla/rest'

/** Many times what a form of this API holds. */
const MOST_FIELDS = 100

/**
 * Reads the fields of a form, which may be in the body's either form.
 *
 * @throws HttpError 400 `invalid-arguments` where one of the names is not there exactly once, 415
 */
export async function readForm<const Name extends string>(
  request: RestRequest,
  ...names: readonly Name[]
): Promise<Readonly<Record<Name, string>>> {
  const isMultipart = request.contentType?.toLowerCase().startsWith('multipart/form-data') === true
  const form = isMultipart ? await readMultipart(request) : await request.form()
  const faults = names.flatMap((name) => {
    const count = form.getAll(name).length
    if (count === 1) return []
    return {
      name,
      message: count === 0 ? 'Missing required parameter in the post body' : 'Given more than once',
    }
  })
  if (faults.length > 0) {
    throw new HttpError(400, 'invalid-arguments', 'Input payload validation failed', { fields: faults })
  }
  // Every name is there, as was just seen.
  return Object.fromEntries(names.map((name) => [name, form.get(name)])) as Record<Name, string>
}

async function readMultipart(request: RestRequest): Promise<URLSearchParams> {
  const form = new URLSearchParams()
  for await (const part of request.multipart({ fields: MOST_FIELDS, files: 0 })) {
    if (part.kind === 'field') form.append(part.name, part.value)
  }
  return form
}
