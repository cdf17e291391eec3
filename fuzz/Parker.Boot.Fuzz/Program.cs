using Parker.Boot.Tests.Fuzzing;
using Parker.Fuzz;
using SharpFuzz;

return FuzzProgram.Run(args, new Dictionary<string, ReadOnlySpanAction>(StringComparer.Ordinal)
{
    ["image"] = BootTargets.ReadImage,
    ["initrd"] = BootTargets.CheckInitrd,
    ["cmdline"] = BootTargets.BuildCommandLine,
});
