using Parker.Cli;

// The version is asked for by scripts, often: it answers before any command is built.
if (args is ["--version"])
{
    Console.Out.WriteLine(ParkerVersion.Line);
    return ExitCode.Done;
}

using ProgramSurroundings surroundings = ProgramSurroundings.OfProcess();
return ParkerProgram.Run(args, surroundings);
