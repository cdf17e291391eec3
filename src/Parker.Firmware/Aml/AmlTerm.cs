namespace Parker.Firmware.Aml;

/// <summary>One term of AML, encoded: an object, a statement or an expression. Terms nest by being given to each other (<see cref="AmlCode"/>).</summary>
public sealed class AmlTerm
{
    internal AmlTerm(byte[] encoding) => Encoding = encoding;

    /// <summary>The term's bytes as they stand in a table.</summary>
    public ReadOnlyMemory<byte> Encoding { get; }

    /// <summary>Terms one after the other, as in a table's body.</summary>
    public static byte[] Join(params IEnumerable<AmlTerm> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        List<AmlTerm> all = [.. terms];
        byte[] bytes = new byte[all.Sum(term => term.Encoding.Length)];
        Span<byte> rest = bytes;
        foreach (AmlTerm term in all)
        {
            term.Encoding.Span.CopyTo(rest);
            rest = rest[term.Encoding.Length..];
        }

        return bytes;
    }
}
