import { array, either, floats, type Kind, listOf, moves, none, number, recordOf, still, stillNumber, unknown } from "./kinds.js";
import { isIdentifier, type Node, statementsOf } from "./tree.js";

/** Names of types that say what moves, wherever they come from. */
const named: ReadonlyMap<string, Kind> = new Map([
  ["int", stillNumber],
  ["Scalar", number],
  ["TracedScalar", number],
  ["NdArray", array],
  ["AnyArray", array],
  ["ArrayView", array],
  ["Float64Array", floats],
  ["Float32Array", floats],
  ...["Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array"].map(
    (name) => [name, still] as const,
  ),
  ...["BigInt64Array", "BigUint64Array", "Range", "Date", "RegExp", "Boolean", "String"].map((name) => [name, still] as const),
]);

const keywords: Readonly<Record<string, Kind>> = {
  TSNumberKeyword: number,
  TSBooleanKeyword: still,
  TSStringKeyword: still,
  TSBigIntKeyword: still,
  TSSymbolKeyword: still,
  TSVoidKeyword: still,
  TSNullKeyword: still,
  TSUndefinedKeyword: still,
  TSNeverKeyword: none,
  TSTemplateLiteralType: still,
};

/** The types of a file: reads what an annotation says of movement, from syntax alone. */
export class Types {
  private readonly declared: Map<string, Node> = new Map();
  private readonly open: Set<string> = new Set();

  constructor(program: Node) {
    const collect = (statements: readonly Node[]): void => {
      for (const statement of statements) {
        const declaration = statement.type === "ExportNamedDeclaration" && statement.declaration ? statement.declaration : statement;
        if (declaration.type === "TSTypeAliasDeclaration" || declaration.type === "TSInterfaceDeclaration")
          this.declared.set((declaration.id as Node).name, declaration);
      }
    };
    collect(statementsOf(program));
  }

  /** The kind that the annotation of a parameter or a variable says; undefined without one. */
  annotated(node: Node): Kind | undefined {
    const type = node.typeAnnotation?.typeAnnotation;
    if (type === undefined) return undefined;
    return node.optional ? either(this.kindOf(type), none) : this.kindOf(type);
  }

  /** The kind of a result, where a function says it. */
  result(fn: Node): Kind | undefined {
    const type = fn.returnType?.typeAnnotation;
    if (type === undefined) return undefined;
    return type.type === "TSTypePredicate" ? still : this.kindOf(type);
  }

  /** The kind of values of a type. */
  kindOf(type: Node): Kind {
    const keyword = keywords[type.type];
    if (keyword !== undefined) return keyword;
    switch (type.type) {
      case "TSLiteralType":
        return typeof (type.literal.value as unknown) === "number" || type.literal.type === "UnaryExpression" ? stillNumber : still;
      case "TSParenthesizedType":
      case "TSOptionalType":
      case "TSRestType":
        return this.kindOf(type.typeAnnotation as Node);
      case "TSTypeOperator":
        return type.operator === "readonly" ? this.kindOf(type.typeAnnotation as Node) : still;
      case "TSNamedTupleMember":
        return this.kindOf(type.elementType);
      case "TSArrayType":
        return this.list(this.kindOf(type.elementType));
      case "TSTupleType":
        return this.list(type.elementTypes.map((part) => this.kindOf(part)).reduce(either, none));
      case "TSUnionType":
        return type.types.map((part) => this.kindOf(part)).reduce(either, none);
      case "TSIntersectionType":
        return this.intersection(type);
      case "TSTypeLiteral":
        return this.record(type.members);
      case "TSTypeReference":
        return this.reference(type);
      case "TSFunctionType":
        return unknown;
      default:
        return unknown;
    }
  }

  private intersection(type: Node): Kind {
    const fields = new Map<string, Kind>();
    for (const part of type.types) {
      const kind = this.kindOf(part);
      if (kind.is !== "record") return unknown;
      for (const [name, field] of kind.fields) fields.set(name, field);
    }
    return recordOf(fields);
  }

  /** A list of what stands still is still. */
  private list(of: Kind): Kind {
    return moves(of) || of.is === "none" ? listOf(of) : still;
  }

  private record(members: readonly Node[]): Kind {
    const fields = new Map<string, Kind>();
    for (const member of members) {
      if (member.type !== "TSPropertySignature" || member.computed) return unknown;
      const name = member.key.type === "Identifier" ? member.key.name : String(member.key.value);
      fields.set(name, this.annotated(member) ?? unknown);
    }
    const kind = recordOf(fields);
    return moves(kind) || fields.size === 0 ? kind : still;
  }

  private reference(type: Node): Kind {
    if (!isIdentifier(type.typeName)) return unknown;
    const { name } = type.typeName;
    const args = ((type.typeArguments ?? type.typeParameters)?.params ?? []) as readonly Node[];
    const own = this.declared.get(name);
    if (own === undefined) {
      if ((name === "Array" || name === "ReadonlyArray") && args[0] !== undefined) return this.list(this.kindOf(args[0]));
      if (name === "Readonly" && args[0] !== undefined) return this.kindOf(args[0]);
      if (name === "Record" && args[1] !== undefined) return moves(this.kindOf(args[1])) ? unknown : still;
      return named.get(name) ?? unknown;
    }
    if (this.open.has(name)) return unknown;
    this.open.add(name);
    try {
      if (own.type === "TSTypeAliasDeclaration") return this.kindOf(own.typeAnnotation as Node);
      const inherited = (own.extends ?? []).length > 0;
      return inherited ? unknown : this.record((own.body as unknown as { body: readonly Node[] }).body);
    } finally {
      this.open.delete(name);
    }
  }
}
