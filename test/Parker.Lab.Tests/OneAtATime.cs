using Xunit.Sdk;
using Xunit.v3;

// One emulated server at a time: each has more virtual CPUs than the machine has real ones.
[assembly: Parallelization(Mode = ParallelMode.None)]
