using System.Buffers.Binary;
using System.Text;
using Parker.Machine.Diagnostics;
using Parker.Partition;

namespace Parker.Boot.Kernels;

/// <summary>A unified kernel image: a PE file for UEFI with a kernel, an initrd and a command line as sections. Only the sections are used, never its UEFI stub.</summary>
/// <remarks>
/// UAPI Group's "Unified Kernel Image" specification; Microsoft's PE format.
/// <code>
/// 0x00          MZ; u32 at 0x3c: where the PE header lies
/// pe+0x00       PE\0\0, u16 machine, u16 number of sections, ..., u16 at 0x14: length of the optional header
/// pe+0x18       optional header
///               sections of 40 bytes: name[8], u32 VirtualSize, u32 VirtualAddress, u32 SizeOfRawData, u32 PointerToRawData, ...
/// </code>
/// A section's data is padded in the file: VirtualSize tells how much of it counts.
/// </remarks>
internal sealed class UnifiedKernelImage
{
    private const int PeHeaderLength = 24;
    private const int SectionLength = 40;
    private const ushort MachineX64 = 0x8664;

    // Far more than any image has (the systemd stub and 20 profiles make about 100).
    private const int MostSections = 1024;

    // Longer than any command line or os-release file; they are the only sections that are read into memory.
    private const uint LongestText = 1 << 16;

    /// <summary>The kernel: section <c>.linux</c>.</summary>
    public required FileWindow Kernel { get; init; }

    /// <summary>Section <c>.initrd</c>; null for none.</summary>
    public FileContent? Initrd { get; private set; }

    /// <summary>Section <c>.cmdline</c>; null for none.</summary>
    public string? CommandLine { get; private set; }

    /// <summary><c>PRETTY_NAME</c> of section <c>.osrel</c>; null for none.</summary>
    public string? OperatingSystem { get; private set; }

    /// <summary>Looks for a unified kernel image.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="diagnostics">Takes all problems of one.</param>
    /// <param name="image">The image; null where there was an error or the file is none.</param>
    /// <returns>Whether it is one, in order or not.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static bool TryFind(FileWindow file, DiagnosticBag diagnostics, out UnifiedKernelImage? image)
    {
        image = null;
        Span<byte> start = stackalloc byte[0x206];
        start = file.Read(0, start);

        // A bzImage is a PE file as well.
        if (start.Length < 0x206 || !start.StartsWith("MZ"u8) || start[0x202..0x206].SequenceEqual("HdrS"u8))
        {
            return false;
        }

        ulong pe = BinaryPrimitives.ReadUInt32LittleEndian(start[0x3c..]);
        Span<byte> header = stackalloc byte[PeHeaderLength];
        header = file.Read(pe, header);
        if (header.Length < PeHeaderLength || !header.StartsWith("PE\0\0"u8))
        {
            return false;
        }

        List<PeSection>? sections = ReadSections(file, pe, header, diagnostics, out bool hasProfiles);
        if (sections is null)
        {
            return true;
        }

        if (Find(sections, ".linux") is not PeSection linux)
        {
            return false;
        }

        string place = file.Path;
        ushort machine = BinaryPrimitives.ReadUInt16LittleEndian(header[4..]);
        if (machine != MachineX64)
        {
            diagnostics.Error("IMG031", place, $"It is a unified kernel image for another processor (PE machine 0x{machine:x4}, not 0x{MachineX64:x4}).", "Take an x86-64 kernel.");
            return true;
        }

        if (hasProfiles)
        {
            diagnostics.Note("IMG034", place, "It is a unified kernel image with profiles; what stands before the first profile is used.");
        }

        image = TryBuild(file, sections, linux, diagnostics);
        return true;
    }

    private static UnifiedKernelImage? TryBuild(FileWindow file, List<PeSection> sections, PeSection linux, DiagnosticBag diagnostics)
    {
        bool sound = true;
        foreach (PeSection section in sections.Where(section => section.Name is ".linux" or ".initrd" or ".cmdline" or ".osrel" && !file.Contains(section.Offset, section.Length)))
        {
            diagnostics.Error(
                "IMG032",
                file.Path,
                $"It is truncated: section {section.Name} has {section.Length} bytes from {section.Offset} on, and there are {file.Length} bytes.",
                "Copy it again, or make the unified kernel image again.");
            sound = false;
        }

        if (!sound)
        {
            return null;
        }

        if (Find(sections, ".ucode") is not null)
        {
            diagnostics.Note("IMG035", file.Path, "Its microcode (.ucode) is not used: CPUs keep what the Boot Kernel gave them.");
        }

        UnifiedKernelImage image = new() { Kernel = file.Slice(linux.Offset, linux.Length) };
        if (Find(sections, ".initrd") is { Length: > 0 } initrd)
        {
            image.Initrd = file.Content(initrd.Offset, initrd.Length);
        }

        if (Find(sections, ".cmdline") is PeSection commandLine)
        {
            image.CommandLine = ReadText(file, commandLine, diagnostics) is string text ? Printable(text).Trim() : null;
            sound = image.CommandLine is not null;
        }

        if (Find(sections, ".osrel") is PeSection release)
        {
            string? text = ReadText(file, release, diagnostics);
            image.OperatingSystem = text is null ? null : PrettyName(text);
            sound &= text is not null;
        }

        return sound ? image : null;
    }

    private static List<PeSection>? ReadSections(FileWindow file, ulong pe, ReadOnlySpan<byte> header, DiagnosticBag diagnostics, out bool hasProfiles)
    {
        hasProfiles = false;
        int count = BinaryPrimitives.ReadUInt16LittleEndian(header[6..]);
        ulong table = pe + PeHeaderLength + BinaryPrimitives.ReadUInt16LittleEndian(header[20..]);
        if (count > MostSections || !file.Contains(table, (ulong)count * SectionLength))
        {
            diagnostics.Error("IMG030", file.Path, $"It is a PE file whose {count} section headers from 0x{table:x} on do not lie within its {file.Length} bytes.", "Copy it again, or make the unified kernel image again.");
            return null;
        }

        List<PeSection> sections = new(count);
        Span<byte> entry = stackalloc byte[SectionLength];
        for (int index = 0; index < count; index++)
        {
            if (file.Read(table + ((ulong)index * SectionLength), entry).Length < SectionLength)
            {
                break;
            }

            PeSection section = PeSection.Parse(entry);

            // Up to the first profile, sections are those of the base profile.
            if (section.Name == ".profile")
            {
                hasProfiles = true;
                break;
            }

            sections.Add(section);
        }

        return sections;
    }

    private static PeSection? Find(List<PeSection> sections, string name)
    {
        int index = sections.FindIndex(section => section.Name == name);
        return index < 0 ? null : sections[index];
    }

    private static string? ReadText(FileWindow file, PeSection section, DiagnosticBag diagnostics)
    {
        if (section.Length > LongestText)
        {
            diagnostics.Error("IMG033", file.Path, $"Section {section.Name} has {section.Length} bytes, and a text of more than {LongestText} is not taken.", "Make the unified kernel image again.");
            return null;
        }

        byte[] bytes = new byte[section.Length];
        ReadOnlySpan<byte> text = file.Read(section.Offset, bytes);
        int end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }

    // As the systemd stub does: control characters become spaces.
    private static string Printable(string text) => string.Create(text.Length, text, static (letters, source) =>
    {
        for (int index = 0; index < source.Length; index++)
        {
            letters[index] = char.IsControl(source[index]) ? ' ' : source[index];
        }
    });

    private static string? PrettyName(string text)
    {
        const string Key = "PRETTY_NAME=";
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith(Key, StringComparison.Ordinal))
            {
                string name = Printable(line[Key.Length..]).Trim().Trim('"', '\'');
                return name.Length == 0 ? null : name;
            }
        }

        return null;
    }
}
