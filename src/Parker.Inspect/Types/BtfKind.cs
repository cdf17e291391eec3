namespace Parker.Inspect.Types;

/// <summary>Kinds of types in BTF (<c>BTF_KIND_*</c>).</summary>
internal enum BtfKind
{
    Integer = 1,
    Pointer = 2,
    Array = 3,
    Structure = 4,
    Union = 5,
    Enumeration = 6,
    Forward = 7,
    Definition = 8,
    Volatile = 9,
    Constant = 10,
    Restrict = 11,
    Function = 12,
    FunctionPrototype = 13,
    Variable = 14,
    DataSection = 15,
    FloatingPoint = 16,
    DeclarationTag = 17,
    TypeTag = 18,
    Enumeration64 = 19,
}
