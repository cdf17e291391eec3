using System.Globalization;
using Parker.Linux.Bench;
using Parker.Machine;

switch (args)
{
    case ["memory", string start, string mebibytes, string file, string rounds]:
        PoolMeasurement.Take(
            new PhysicalRange(PhysicalAddress.Parse(start), ByteSize.FromMebibytes(ulong.Parse(mebibytes, CultureInfo.InvariantCulture))),
            file,
            int.Parse(rounds, CultureInfo.InvariantCulture));
        return 0;
    case ["loop", "cpu" or "memory", string passes]:
        Loops.Run(args[1] == "cpu", int.Parse(passes, CultureInfo.InvariantCulture));
        return 0;
    default:
        Console.Error.WriteLine("memory START MEBIBYTES FILE ROUNDS, or loop cpu|memory PASSES");
        return 2;
}
