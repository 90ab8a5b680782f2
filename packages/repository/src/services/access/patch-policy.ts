import type { Actor } from '../../domain/access/actor.ts'
import type { ResourcePolicy } from '../../domain/access/policy.ts'
import { parseTerms, termsDocument } from '../../domain/access/policy-terms.ts'
import { invalid } from '../../domain/errors.ts'
import { applyPatch } from '../../domain/patch/apply-patch.ts'
import { formatPointer, type JsonPointer } from '../../domain/patch/json-pointer.ts'
import type { JsonObject } from '../../domain/patch/json-value.ts'
import type { PatchOperation } from '../../domain/patch/parse-patch.ts'
import { PatchError } from '../../domain/patch/patch-error.ts'
import { changePolicy, type PolicyChangeDeps } from './change-policy.ts'

/**
 * Changes the terms of a policy by JSON Patch: its name, description, days, action and type. All operations are applied,
 * or none (RestContract resourcepolicies.md, "Patch operations").
 *
 * @throws PatchError when an operation cannot be applied: what is not set cannot be replaced or removed
 * @throws DomainError `NOT_SIGNED_IN`, `NOT_FOUND`, `NOT_ALLOWED`, `INVALID` with `field` when the result is no policy
 */
export function patchPolicy(deps: PolicyChangeDeps) {
  return (
    actor: Actor,
    { id, patch }: { id: number; patch: readonly PatchOperation[] },
  ): Promise<ResourcePolicy> =>
    changePolicy(deps, actor, id, async (tx, policy) => {
      const changed = { ...policy, ...patchedTerms(policy, patch) }
      await tx.policies.update(changed)
      return changed
    })
}

function patchedTerms(policy: ResourcePolicy, patch: readonly PatchOperation[]) {
  const terms = termsDocument(policy)
  for (const [index, { path }] of patch.entries()) requireTerm(terms, path, index)
  // For a patch, what is null is not there.
  const present = Object.entries(terms).filter(([, value]) => value !== null)
  // It stays an object: no operation reaches the whole.
  const patched = applyPatch(Object.fromEntries(present), patch) as JsonObject
  for (const name of ['action', 'policyType']) {
    if ((patched[name] ?? null) === null) throw invalid(`The ${name} of a policy cannot be removed`, name)
  }
  return parseTerms(patched)
}

function requireTerm(terms: object, path: JsonPointer, index: number): void {
  const [name, ...deeper] = path
  if (name !== undefined && deeper.length === 0 && Object.hasOwn(terms, name)) return
  throw new PatchError('PATCH_INVALID', `a policy has no property "${formatPointer(path)}"`, index)
}
