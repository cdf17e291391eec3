using Parker.Lab;

return LabProgram.Run(args);
