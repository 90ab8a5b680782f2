import type { Transaction } from '../../domain/unit-of-work.ts'
import { ENTITY_TYPES, RELATIONSHIP_TYPES } from '../../registries/load-entity-model.ts'

/** Fills the model of entities as the original ships it, unless there is one: a repository of an older version gets it too. */
export async function seedEntityModel(tx: Pick<Transaction, 'entityModel'>): Promise<void> {
  const { total } = await tx.entityModel.listEntityTypes({}, { number: 0, size: 1 })
  if (total === 0) await tx.entityModel.seed(ENTITY_TYPES, RELATIONSHIP_TYPES)
}
