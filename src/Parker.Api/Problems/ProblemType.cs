namespace Parker.Api.Problems;

/// <summary>The kinds of problems, as URIs that stay.</summary>
public static class ProblemType
{
    /// <summary>The request could not be understood: no JSON, a field that is missing, a value that is none.</summary>
    public const string BadRequest = "urn:parker:bad-request";

    /// <summary>There is no such partition, or no such address.</summary>
    public const string NotFound = "urn:parker:not-found";

    /// <summary>Refused by validation: nothing was tried.</summary>
    public const string Refused = "urn:parker:refused";

    /// <summary>Tried and failed: the machine is as before, or the detail says what is not.</summary>
    public const string Failed = "urn:parker:failed";

    /// <summary>A bug of Parker.</summary>
    public const string Bug = "urn:parker:bug";
}
