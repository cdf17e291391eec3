using Parker.ControlFs.Tests.Sessions;
using Parker.Fuzz;
using SharpFuzz;

return FuzzProgram.Run(args, new Dictionary<string, ReadOnlySpanAction>(StringComparer.Ordinal)
{
    ["fuse"] = RequestTarget.Take,
});
