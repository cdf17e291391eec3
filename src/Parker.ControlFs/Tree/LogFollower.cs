namespace Parker.ControlFs.Tree;

/// <summary>The log of a partition's kernel as a file that grows: each look adds what came since.</summary>
/// <param name="partitions">Read it.</param>
/// <param name="folder">The partition's folder.</param>
/// <param name="clock">Gives the time.</param>
internal sealed class LogFollower(IControlledPartitions partitions, PartitionFolder folder, TimeProvider clock)
{
    // More than the ring of any kernel that is not told to have a larger one.
    private const int Limit = 4 * 1024 * 1024;

    private readonly Lock _sync = new();
    private string? _position;
    private long _looked;

    /// <summary>The partition's folder.</summary>
    public PartitionFolder Folder => folder;

    /// <summary>What was there at the last look.</summary>
    public GrowingText Text { get; } = new(Limit);

    /// <summary>Whether the last look was within a time.</summary>
    public bool IsYoungerThan(TimeSpan age)
    {
        lock (_sync)
        {
            return _looked != 0 && clock.GetElapsedTime(_looked) < age;
        }
    }

    /// <summary>Looks once more. Throws what reading throws.</summary>
    public void Look()
    {
        lock (_sync)
        {
            LogPiece piece = partitions.ReadLog(folder.Name, _position);
            if (piece.Begins)
            {
                Text.Replace(piece.Text);
            }
            else
            {
                Text.Add(piece.Text);
            }

            _position = piece.Position;
            _looked = clock.GetTimestamp();
        }
    }
}
