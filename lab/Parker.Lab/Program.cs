using Parker.Lab;
using Parker.Lab.Demo;

return args is ["demo"] ? DemoProgram.Run() : LabProgram.Run(args);
