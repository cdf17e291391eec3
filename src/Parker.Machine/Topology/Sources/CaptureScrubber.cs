using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace Parker.Machine.Topology.Sources;

/// <summary>Takes out of a capture what names this one machine and tells nothing of how it is built, and passes the rest on.</summary>
/// <remarks>
/// Unique identifiers (UUIDs, as of file systems), MAC and IP addresses become zeros in the command line, the kernel log, the lists of mounts and swaps, and in
/// device-mapper's names; host names go where installers put them: in names of volume groups, in <c>ip=</c> and <c>hostname=</c>, before network file systems. Serial
/// numbers in PCI configuration space (many network cards put their MAC address there) become zeros. What the command line passes on to init is left out: no reader
/// looks at it, and it can hold secrets. Whatever a file is named in the DMI folder but maker, model and BIOS becomes empty.
/// </remarks>
public sealed partial class CaptureScrubber : ICaptureSink
{
    private const string CommandLine = "proc/cmdline";
    private const uint DeviceSerialNumber = 0x0003;
    private const int FirstExtendedCapability = 256;

    private static readonly string[] DmiNames = ["sys_vendor", "product_name", "bios_version", "bios_date"];

    private readonly ICaptureSink _inner;
    private readonly SortedDictionary<string, int> _replaced = new(StringComparer.Ordinal);
    private readonly string _hostName;

    /// <summary>A scrubber before <paramref name="inner"/>.</summary>
    /// <param name="inner">What takes the rest.</param>
    /// <param name="hostName">The machine's own name; empty where it is not known.</param>
    public CaptureScrubber(ICaptureSink inner, string hostName = "")
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(hostName);
        _inner = inner;
        _hostName = hostName.Split('.')[0];
    }

    /// <summary>What was taken out, and how often: <c>MAC addresses</c>, <c>UUIDs</c> and the like.</summary>
    public IReadOnlyDictionary<string, int> Replaced => _replaced;

    /// <inheritdoc/>
    public void Add(string path, CaptureEntryKind kind, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (kind == CaptureEntryKind.File && IsUnneededIdentity(path) && !content.IsEmpty)
        {
            Count("DMI texts");
            _inner.Add(path, kind, []);
        }
        else if (kind == CaptureEntryKind.File && IsConfigurationSpace(path))
        {
            _inner.Add(path, kind, WithoutSerialNumber(content));
        }
        else if (kind == CaptureEntryKind.File && MayNameTheMachine(path))
        {
            string text = Encoding.UTF8.GetString(content);
            _inner.Add(path, kind, Encoding.UTF8.GetBytes(Scrub(path == CommandLine ? WithoutInitArguments(text) : text)));
        }
        else
        {
            _inner.Add(path, kind, content);
        }
    }

    private static bool IsUnneededIdentity(string path) =>
        path.Contains("/dmi/id/", StringComparison.Ordinal) && !DmiNames.Contains(path[(path.LastIndexOf('/') + 1)..]);

    private static bool IsConfigurationSpace(string path) => path.StartsWith("sys/devices/", StringComparison.Ordinal) && path.EndsWith("/config", StringComparison.Ordinal);

    private static bool MayNameTheMachine(string path) =>
        path is CommandLine or "proc/mounts" or "proc/swaps" or ".parker/kernel.log"
        || path.StartsWith("proc/self/", StringComparison.Ordinal)
        || (path.StartsWith("sys/", StringComparison.Ordinal) && path[(path.LastIndexOf('/') + 1)..] is "address" or "name" or "uuid" or "serial" or "wwid");

    private string Scrub(string text)
    {
        text = Replace(text, NetworkFileSystem(), "hosts of network file systems", match => "host:" + match.Groups["path"].Value);
        text = Replace(text, HostNameParameter(), "host names", static _ => "host");
        text = _hostName is "" or "host" ? text : WithoutHostName(text);
        text = Replace(text, Uuid(), "UUIDs", static match => AllZero().Replace(match.Value, "0"));
        text = Replace(text, MacAddress(), "MAC addresses", static match => AllZero().Replace(match.Value, "0"));
        text = Replace(text, Ip6Address(), "IP addresses", static _ => "[::]");
        return Replace(text, IpAddress(), "IP addresses", static _ => "0.0.0.0");
    }

    // No regular expression: one that is made from the name at run time would bring the engine for all of them into the program, half a megabyte.
    private string WithoutHostName(string text)
    {
        // Debian's installer names a volume group HOST-vg; device-mapper doubles the dashes within a name.
        string mapped = _hostName.Replace("-", "--", StringComparison.Ordinal);
        StringBuilder rest = new(text.Length);
        int at = 0;
        while (at < text.Length)
        {
            int length = IsName(text, at, _hostName, "/dev/", "-/") || IsBetweenColons(text, at) ? _hostName.Length
                : IsName(text, at, mapped, "/dev/mapper/", "-") ? mapped.Length
                : 0;
            if (length > 0)
            {
                Count("host names");
                rest.Append("host");
                at += length;
            }
            else
            {
                rest.Append(text[at++]);
            }
        }

        return rest.ToString();
    }

    // At the start of a line or behind the folder, and before one of the marks.
    private static bool IsName(string text, int at, string name, string folder, string marks) =>
        IsAt(text, at, name, marks) && (at == 0 || text[at - 1] == '\n' || text.AsSpan(0, at).EndsWith(folder, StringComparison.Ordinal));

    private bool IsBetweenColons(string text, int at) => IsAt(text, at, _hostName, ":") && at > 0 && text[at - 1] == ':';

    private static bool IsAt(string text, int at, string name, string marks) =>
        at + name.Length < text.Length && marks.Contains(text[at + name.Length], StringComparison.Ordinal) && text.AsSpan(at).StartsWith(name, StringComparison.Ordinal);

    // Behind a "--" that stands alone and in no quotes.
    private string WithoutInitArguments(string text)
    {
        bool quoted = false;
        for (int at = 0; at < text.Length; at++)
        {
            quoted ^= text[at] == '"';
            if (!quoted && text.AsSpan(at).StartsWith("-- ") && (at == 0 || char.IsWhiteSpace(text[at - 1])) && !string.IsNullOrWhiteSpace(text[(at + 3)..]))
            {
                Count("arguments of init");
                return text[..(at + 2)] + "\n";
            }
        }

        return text;
    }

    private string Replace(string text, Regex pattern, string what, MatchEvaluator with) => pattern.Replace(text, match =>
    {
        string replacement = with(match);
        if (replacement != match.Value)
        {
            Count(what);
        }

        return replacement;
    });

    private byte[] WithoutSerialNumber(ReadOnlySpan<byte> config)
    {
        byte[] bytes = config.ToArray();

        // Each extended capability takes 4 bytes at least, so that a list of more runs in circles.
        int at = FirstExtendedCapability;
        for (int count = 0; at >= FirstExtendedCapability && at + 12 <= bytes.Length && count < 1024; count++)
        {
            uint head = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
            if ((head & 0xffff) == DeviceSerialNumber && bytes.AsSpan(at + 4, 8).ContainsAnyExcept((byte)0))
            {
                bytes.AsSpan(at + 4, 8).Clear();
                Count("PCI device serial numbers");
            }

            at = (int)(head >> 20) & 0xffc;
        }

        return bytes;
    }

    private void Count(string what) => _replaced[what] = _replaced.GetValueOrDefault(what) + 1;

    // Source "host:/export" or "//host/share" at the start of a word.
    [GeneratedRegex(@"(?<=^|[\s=])(?:(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):(?=/)(?<path>/\S*)|//[^/\s]+(?<path>/\S*))", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex NetworkFileSystem();

    [GeneratedRegex(@"(?<![0-9A-Fa-f])[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![0-9A-Fa-f])", RegexOptions.CultureInvariant)]
    private static partial Regex Uuid();

    // With dashes too: PXE's BOOTIF=01-52-54-00-12-34-56.
    [GeneratedRegex(@"(?<![0-9A-Fa-f:-])(?:[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}|(?:[0-9A-Fa-f]{2}-)?[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5})(?![0-9A-Fa-f:-])", RegexOptions.CultureInvariant)]
    private static partial Regex MacAddress();

    // As the kernel and dracut take it: in brackets. Two numbers with one colon are a PCI bus.
    [GeneratedRegex(@"\[(?=[^\]]*::|(?:[0-9A-Fa-f]*:){5})[0-9A-Fa-f:]+\]", RegexOptions.CultureInvariant)]
    private static partial Regex Ip6Address();

    [GeneratedRegex(@"(?<=hostname=)[^\s""]+", RegexOptions.CultureInvariant)]
    private static partial Regex HostNameParameter();

    // Four numbers with dots: versions such as 6.1.0 have three.
    [GeneratedRegex(@"(?<![0-9.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9.])", RegexOptions.CultureInvariant)]
    private static partial Regex IpAddress();

    [GeneratedRegex("[0-9A-Fa-f]", RegexOptions.CultureInvariant)]
    private static partial Regex AllZero();
}
