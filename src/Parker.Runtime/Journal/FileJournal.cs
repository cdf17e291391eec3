using System.Text;

namespace Parker.Runtime.Journal;

/// <summary>A journal in a file: one line an entry, each on the disk before the step that it announces.</summary>
/// <remarks>
/// A last line without its line end, or that cannot be read, was being written when its writer died: it announced a step that was not taken, and is cut off.
/// One process at a time writes: whoever holds the lock of the state folder.
/// </remarks>
public sealed class FileJournal : IJournal, IDisposable
{
    private FileStream _file;
    private long _start;

    private FileJournal(string path, FileStream file)
    {
        Path = path;
        _file = file;
    }

    /// <inheritdoc/>
    public string Path { get; }

    /// <inheritdoc/>
    public long Position { get; private set; }

    /// <summary>Opens the journal, or begins one.</summary>
    /// <param name="path">Its path; the folder exists.</param>
    /// <exception cref="IOException">The file cannot be opened or written.</exception>
    public static FileJournal Open(string path)
    {
        FileJournal journal = new(path, Create(path, FileMode.OpenOrCreate));
        if (journal.IsBarelyBegun())
        {
            journal._file.SetLength(0);
            journal.WriteLine(JournalCodec.HeaderOf(0));
        }

        return journal;
    }

    /// <summary>Opens the journal to read it beside its writer.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static FileJournal? OpenToRead(string path) =>
        File.Exists(path)
            ? new FileJournal(path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0))
            : null;

    /// <inheritdoc/>
    public IReadOnlyList<JournalEntry> ReadAll()
    {
        _file.Position = 0;
        byte[] content = new byte[_file.Length];
        content = content[.._file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)];
        List<JournalEntry> entries = [];
        int start = 0;
        for (int number = 1; start < content.Length; number++)
        {
            int length = content.AsSpan(start).IndexOf((byte)'\n');
            string error = "the line has no end";
            string line = Encoding.UTF8.GetString(content, start, length < 0 ? content.Length - start : length);
            bool isLast = length < 0 || start + length + 1 == content.Length;
            if (number == 1)
            {
                if (length < 0 && JournalCodec.HeaderOf(0).StartsWith(line, StringComparison.Ordinal))
                {
                    // Read beside the writer that begins it just now.
                    break;
                }

                _start = ReadHeader(line);
            }
            else if (length >= 0 && JournalCodec.TryDecode(line, out error) is JournalEntry entry)
            {
                entries.Add(entry);
            }
            else if (isLast)
            {
                CutOff(start);
                break;
            }
            else
            {
                throw new JournalCorruptException(Path, number, error);
            }

            start += length + 1;
        }

        _file.Position = _file.Length;
        Position = _start + entries.Count;
        return entries;
    }

    /// <inheritdoc/>
    public void Append(JournalEntry entry)
    {
        WriteLine(JournalCodec.Encode(entry));
        Position++;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Written beside, and renamed when it is on the disk. The folder is not flushed: where a crash of the whole machine brings the old file back, it is as true as the new one.
    /// </remarks>
    public void Replace(IReadOnlyList<JournalEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        long start = Position - entries.Count;
        string beside = Path + ".new";
        FileStream file = Create(beside, FileMode.Create);
        try
        {
            StringBuilder text = new();
            text.Append(JournalCodec.HeaderOf(start)).Append('\n');
            foreach (JournalEntry entry in entries)
            {
                text.Append(JournalCodec.Encode(entry)).Append('\n');
            }

            file.Write(Encoding.UTF8.GetBytes(text.ToString()));
            file.Flush(flushToDisk: true);
            File.Move(beside, Path, overwrite: true);
        }
        catch (IOException)
        {
            file.Dispose();
            File.Delete(beside);
            throw;
        }

        _file.Dispose();
        _file = file;
        _start = start;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Whether it is empty, or its writer died in the first line.</summary>
    private bool IsBarelyBegun()
    {
        byte[] header = Encoding.UTF8.GetBytes(JournalCodec.HeaderOf(0) + "\n");
        byte[] begin = new byte[header.Length];
        int length = _file.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false);
        return length < header.Length && header.AsSpan().StartsWith(begin.AsSpan(0, length));
    }

    private static FileStream Create(string path, FileMode mode) => new(path, new FileStreamOptions
    {
        Mode = mode,
        Access = FileAccess.ReadWrite,
        Share = FileShare.Read,
        BufferSize = 0,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });

    private long ReadHeader(string line)
    {
        if (JournalCodec.TryReadHeader(line) is long start)
        {
            return start;
        }

        throw JournalCodec.TryReadVersion(line) is int version && version != JournalCodec.Version
            ? JournalCorruptException.OtherVersion(Path, version)
            : new JournalCorruptException(Path, 1, "it does not begin as a journal does");
    }

    private void CutOff(long length)
    {
        // A reader beside the writer may see half a line: the writer is not done with it.
        if (_file.CanWrite)
        {
            _file.SetLength(length);
            _file.Flush(flushToDisk: true);
        }
    }

    private void WriteLine(string line)
    {
        long end = _file.Position;
        try
        {
            _file.Write(Encoding.UTF8.GetBytes(line + "\n"));
            _file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // Such as a full file system: half a line must not stand before a later one.
            _file.SetLength(end);
            _file.Position = end;
            throw;
        }
    }
}
