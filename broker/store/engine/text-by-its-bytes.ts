import {
  type DataTypeNode,
  type KyselyPlugin,
  OperationNodeTransformer,
  RawNode,
  type RootOperationNode,
} from "kysely";

/** Columns of text are compared byte by byte, as SQLite does, whatever language the database was made for. For migrations. */
export const textByItsBytes: KyselyPlugin = {
  transformQuery: ({ node }) => transformer.transformNode(node) as RootOperationNode,
  transformResult: async ({ result }) => result,
};

class TextByItsBytes extends OperationNodeTransformer {
  protected override transformDataType(node: DataTypeNode): DataTypeNode {
    // Kysely's types know no collation; what comes out here is only printed.
    return node.dataType === "text" ? (RawNode.createWithSql('text collate "C"') as unknown as DataTypeNode) : node;
  }
}

const transformer = new TextByItsBytes();
