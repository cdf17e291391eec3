using Parker.Cli;

using ProgramSurroundings surroundings = ProgramSurroundings.OfProcess();
return ParkerProgram.Run(args, surroundings);
