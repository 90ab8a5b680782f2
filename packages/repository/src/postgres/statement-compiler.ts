import {
  PostgresQueryCompiler,
  ValueNode,
  type CompiledQuery,
  type OperationNode,
  type QueryId,
  type RawNode,
  type RootOperationNode,
} from 'kysely'

/** Kysely's compiler with a shorter way for statements that are written as text, which nearly all of them are. */
export class StatementCompiler extends PostgresQueryCompiler {
  override compileQuery(node: RootOperationNode, queryId: QueryId): CompiledQuery {
    const texts: string[] = []
    const parameters: unknown[] = []
    if (!isRaw(node) || !write(node, texts, parameters)) return super.compileQuery(node, queryId)
    return { query: node, queryId, sql: texts.join(''), parameters }
  }
}

/** @returns false where something else than text and values is in it */
function write(
  { sqlFragments, parameters: parts }: RawNode,
  texts: string[],
  parameters: unknown[],
): boolean {
  return sqlFragments.every((text, index) => {
    texts.push(text)
    const part = parts[index]
    if (part === undefined) return true
    if (isRaw(part)) return write(part, texts, parameters)
    if (!ValueNode.is(part) || part.immediate === true) return false
    texts.push(`$${parameters.push(part.value)}`)
    return true
  })
}

function isRaw(node: OperationNode): node is RawNode {
  return node.kind === 'RawNode'
}
