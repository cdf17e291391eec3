namespace Parker.Inspect.Cores;

/// <summary>A note in an ELF core.</summary>
/// <param name="Name">Who defines what it is: <c>CORE</c>, <c>VMCOREINFO</c>.</param>
/// <param name="Type">What it is, among that name's.</param>
/// <param name="Content">Its bytes.</param>
public sealed record CoreNote(string Name, uint Type, ReadOnlyMemory<byte> Content);
