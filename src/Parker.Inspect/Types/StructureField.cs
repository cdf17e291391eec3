namespace Parker.Inspect.Types;

/// <summary>A field of a structure.</summary>
/// <param name="Offset">From the start of the structure, in bytes.</param>
/// <param name="Size">In bytes; null where its type has none.</param>
public readonly record struct StructureField(int Offset, int? Size);
