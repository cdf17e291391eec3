using Parker.Fuzz;
using Parker.Inspect.Tests.Fuzzing;
using SharpFuzz;

Dictionary<string, ReadOnlySpanAction> targets = new(StringComparer.Ordinal)
{
    ["kernel-memory"] = KernelMemoryTarget.Look,
    ["kernel-tables"] = KernelTablesTarget.Look,
};

// A dump of a real kernel is too large to lie beside the sources.
if (Environment.GetEnvironmentVariable("PARKER_FUZZ_CORE") is { Length: > 0 } core)
{
    Lazy<KernelCoreTarget> dump = new(() => new KernelCoreTarget(core));
    targets["kernel-core"] = input => dump.Value.Look(input);
}

return FuzzProgram.Run(args, targets);
