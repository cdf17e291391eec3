using Parker.Fuzz;
using Parker.Inspect.Tests.Fuzzing;
using SharpFuzz;

return FuzzProgram.Run(args, new Dictionary<string, ReadOnlySpanAction>(StringComparer.Ordinal)
{
    ["kernel-memory"] = KernelMemoryTarget.Look,
});
