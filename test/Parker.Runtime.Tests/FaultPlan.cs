using Parker.Partition;

namespace Parker.Runtime.Tests;

public enum FaultKind
{
    None,
    DieBefore,
    DieAfter,
    Refuse,
}

/// <summary>Counts the points at which something can go wrong, and lets it go wrong at one of them.</summary>
public sealed class FaultPlan
{
    private bool _dead;

    public int Points { get; private set; }

    public int At { get; set; } = -1;

    public FaultKind Kind { get; set; }

    /// <summary>What was done at each point, for messages.</summary>
    public List<string> Trace { get; } = [];

    /// <summary>Runs an action of the machine as one point.</summary>
    public void Point(string what, bool canBeRefused, Action effect)
    {
        if (_dead)
        {
            throw new ProcessDiedException();
        }

        int point = Points++;
        Trace.Add(what);
        bool here = point == At;
        if (here && Kind == FaultKind.Refuse && canBeRefused)
        {
            throw new MachineException(what, "the fake machine", "it was told to refuse");
        }

        if (here && Kind == FaultKind.DieBefore)
        {
            Die();
        }

        effect();
        if (here && Kind == FaultKind.DieAfter)
        {
            Die();
        }
    }

    /// <summary>Runs a process that dies at a point, counted from the first of all.</summary>
    public void DieIn(Action process, int point, FaultKind kind)
    {
        At = point;
        Kind = kind;
        Assert.Throws<ProcessDiedException>(process);
        Revive();
    }

    /// <summary>Runs a process that dies after so many more points, or ends before where it has less to do.</summary>
    public void DieAfter(Action process, int points)
    {
        At = Points + points;
        Kind = FaultKind.DieAfter;
        try
        {
            process();
        }
        catch (ProcessDiedException)
        {
            // As it should.
        }

        Revive();
    }

    /// <summary>The next process.</summary>
    public void Revive()
    {
        _dead = false;
        At = -1;
    }

    private void Die()
    {
        _dead = true;
        throw new ProcessDiedException();
    }
}
