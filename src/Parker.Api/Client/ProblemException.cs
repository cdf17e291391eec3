using Parker.Api.Problems;

namespace Parker.Api.Client;

/// <summary>The daemon answered with a problem.</summary>
/// <param name="problem">The problem.</param>
public sealed class ProblemException(ProblemDocument problem) : Exception(problem.Detail)
{
    /// <summary>The problem.</summary>
    public ProblemDocument Problem => problem;
}
