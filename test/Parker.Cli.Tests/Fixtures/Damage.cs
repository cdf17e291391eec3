namespace Parker.Cli.Tests.Fixtures;

/// <summary>What can have happened to a file of a machine.</summary>
public enum Damage
{
    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It is there, and may not be read.</summary>
    Denied,

    /// <summary>Reading it fails.</summary>
    Failed,

    /// <summary>It is empty.</summary>
    Empty,

    /// <summary>It ends in the middle.</summary>
    Cut,

    /// <summary>It holds random bytes of its own length.</summary>
    Random,

    /// <summary>It holds all ones.</summary>
    AllOnes,

    /// <summary>Some of its bytes are others.</summary>
    Flipped,

    /// <summary>It holds a number that is larger than anything.</summary>
    HugeNumber,

    /// <summary>It holds text without end or sense.</summary>
    Babble,
}
