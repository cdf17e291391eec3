using Microsoft.AspNetCore.Http;
using Parker.Api;
using Parker.Api.Problems;
using Parker.Daemon.Partitions;
using Parker.Partition;

namespace Parker.Daemon.Http;

/// <summary>Makes problems of what goes wrong: the one place where the API translates.</summary>
internal static class Problems
{
    /// <summary>The media type of RFC 9457.</summary>
    public const string MediaType = "application/problem+json";

    private const string BadRequestTitle = "The request cannot be understood.";

    /// <summary>The problem of an exception.</summary>
    public static ProblemDocument Of(Exception exception) => exception switch
    {
        BadRequestException => new(ProblemType.BadRequest, BadRequestTitle, StatusCodes.Status400BadRequest, exception.Message, []),
        BadHttpRequestException bad => new(ProblemType.BadRequest, BadRequestTitle, bad.StatusCode, bad.Message, []),
        RefusedException refused when refused.Diagnostics.Any(diagnostic => diagnostic.Id == "RUN001") => Refused(ProblemType.NotFound, "There is no such partition.", StatusCodes.Status404NotFound, refused),
        RefusedException refused => Refused(ProblemType.Refused, "The request was refused; nothing was tried.", StatusCodes.Status422UnprocessableEntity, refused),
        MachineException or IOException => new(ProblemType.Failed, "It was tried and failed.", StatusCodes.Status500InternalServerError, exception.Message, []),
        _ => new(ProblemType.Bug, "This is a bug of Parker.", StatusCodes.Status500InternalServerError, $"{exception.GetType().Name}: {exception.Message}", []),
    };

    /// <summary>The problem of an address that is none.</summary>
    public static ProblemDocument NoAddress(string method, string path) =>
        new(ProblemType.NotFound, "There is no such address.", StatusCodes.Status404NotFound, $"There is no {method} {path}; /v1/openapi.json lists what there is.", []);

    private static ProblemDocument Refused(string type, string title, int status, RefusedException refused) =>
        new(type, title, status, refused.Message, [.. refused.Diagnostics.Select(DiagnosticDocument.Of)]);
}
