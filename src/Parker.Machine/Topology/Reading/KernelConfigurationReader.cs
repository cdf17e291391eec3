using System.Buffers;
using System.IO.Compression;
using System.Text;

namespace Parker.Machine.Topology.Reading;

/// <summary>The options that the Boot Kernel was built with, from the first file that has them.</summary>
internal static class KernelConfigurationReader
{
    private const int MaxLength = 16 << 20;

    private static readonly SearchValues<char> FileNameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.+-_~");

    public static Finding<IReadOnlyDictionary<string, string>> Read(SourceReader reader, string release)
    {
        List<string> tried = [];
        List<string> paths = ["/proc/config.gz"];
        if (IsFileName(release))
        {
            paths.InsertRange(0, [$"/boot/config-{release}", $"/usr/lib/modules/{release}/config", $"/lib/modules/{release}/config"]);
        }

        foreach (string path in paths)
        {
            SourceStatus status = reader.Source.TryRead(path, out byte[] content);
            if (status == SourceStatus.Ok && path.EndsWith(".gz", StringComparison.Ordinal) && !TryUnpack(content, out content))
            {
                status = SourceStatus.Failed;
            }

            if (status == SourceStatus.Ok)
            {
                Dictionary<string, string> options = Parse(content);
                if (options.Count > 0)
                {
                    return new Finding<IReadOnlyDictionary<string, string>>(options, path);
                }

                status = SourceStatus.Failed;
            }

            tried.Add(SourceReader.Why(path, status));
        }

        return new Finding<IReadOnlyDictionary<string, string>>(null, string.Join("; ", tried));
    }

    // The release becomes part of a path.
    private static bool IsFileName(string release) =>
        release.Length is > 0 and < 128 && !release.AsSpan().ContainsAnyExcept(FileNameCharacters) && release is not ("." or "..");

    private static bool TryUnpack(byte[] packed, out byte[] content)
    {
        content = [];
        try
        {
            using GZipStream stream = new(new MemoryStream(packed), CompressionMode.Decompress);
            using MemoryStream unpacked = new();
            byte[] buffer = new byte[64 << 10];
            int read;
            while ((read = stream.Read(buffer)) > 0)
            {
                if (unpacked.Length + read > MaxLength)
                {
                    return false;
                }

                unpacked.Write(buffer, 0, read);
            }

            content = unpacked.ToArray();
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    // Lines "CONFIG_NAME=value", a text value in double quotes; all others are comments.
    private static Dictionary<string, string> Parse(ReadOnlySpan<byte> content)
    {
        Dictionary<string, string> options = new(12_000, StringComparer.Ordinal);
        while (!content.IsEmpty)
        {
            int end = content.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? content : content[..end];
            content = end < 0 ? default : content[(end + 1)..];
            int equals = line.IndexOf((byte)'=');
            if (equals > 0 && line.StartsWith("CONFIG_"u8))
            {
                ReadOnlySpan<byte> value = line[(equals + 1)..].Trim(" \r"u8);
                if (value.Length >= 2 && value[0] == (byte)'"' && value[^1] == (byte)'"')
                {
                    value = value[1..^1];
                }

                options[Encoding.UTF8.GetString(line[..equals])] = value is [(byte)'y'] ? "y" : value is [(byte)'m'] ? "m" : Encoding.UTF8.GetString(value);
            }
        }

        return options;
    }
}
