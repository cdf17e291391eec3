using Parker.Firmware.Tests.Aml;
using Parker.Firmware.Tests.MemoryMaps;
using Parker.Fuzz;
using SharpFuzz;

return FuzzProgram.Run(args, new Dictionary<string, ReadOnlySpanAction>(StringComparer.Ordinal)
{
    ["aml"] = AmlTree.AssertReadBack,
    ["memory-map"] = MemoryMapTarget.Describe,
});
