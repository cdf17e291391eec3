using System.Globalization;
using Parker.Daemon.Bench;
using Parker.Lab;

const int defaultRounds = 5;
try
{
    int rounds = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : defaultRounds;
    switch (args)
    {
        case ["start", string kexec, ..]:
            return StartBench.Run(kexec, rounds) ? 0 : 1;
        case ["partition", string program, ..]:
            return PartitionBench.Run(program, rounds) ? 0 : 1;
        default:
            Console.Error.WriteLine("start KEXEC [ROUNDS], or partition PROGRAM [ROUNDS]");
            return 2;
    }
}
catch (LabException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
