namespace Parker.Api.Partitions;

/// <summary>What is done for a partition without anybody asking.</summary>
/// <param name="Restart">When it is started again: <c>never</c>, <c>on-failure</c> or <c>always</c>.</param>
/// <param name="Autostart">Whether the daemon starts it when it begins.</param>
/// <param name="Dump">Whether its memory is written to a file when its kernel panics or hangs, before it is started again.</param>
/// <param name="Restarts">How many restarts nobody asked for since it was defined.</param>
/// <param name="RestartsInRow">How many of them came one after another up to now.</param>
/// <param name="GivenUp">Whether no more follow, because there were too many in a row.</param>
/// <param name="NextRestart">When the next one is due; null where none is to come.</param>
public sealed record SupervisionDocument(string Restart, bool Autostart, bool Dump, int Restarts, int RestartsInRow, bool GivenUp, DateTimeOffset? NextRestart);
