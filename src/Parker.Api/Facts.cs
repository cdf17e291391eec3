using Parker.Machine.Topology;

namespace Parker.Api;

/// <summary>Makes documents of findings.</summary>
internal static class Facts
{
    public static FactDocument<T> Of<T>(Finding<T> finding) => new(finding.Value, finding.Evidence);

    public static FactDocument<TDocument> Of<T, TDocument>(Finding<T> finding, Func<T, TDocument> convert) =>
        new(finding.Value is T value ? convert(value) : default, finding.Evidence);

    /// <summary>The finding of an enumeration's value, by its name.</summary>
    public static FactDocument<string> OfName<T>(Finding<T?> finding)
        where T : struct, Enum => new(finding.Value is T value ? ApiJson.NameOf(value) : null, finding.Evidence);
}
