using System.Globalization;
using Parker.Machine;
using Parker.Partition;

namespace Parker.Runtime.Elasticity;

/// <summary>What a kernel is told of one kind of thing that comes and goes, and what of it is to be answered.</summary>
internal abstract class ElasticQuestion
{
    private readonly List<int> _open = [];
    private readonly HashSet<int> _granted = [];

    /// <summary>The words of the header page.</summary>
    protected abstract ElasticWords Words { get; }

    /// <summary>Whether nothing is to be answered any more.</summary>
    public bool IsAnswered => _open.Count == 0;

    /// <summary>Writes what is granted, and counts the change up.</summary>
    /// <returns>The number of the change.</returns>
    public abstract uint Write(IMappedMemory memory, PhysicalAddress headerPage);

    /// <summary>Whether the change was taken.</summary>
    public bool IsTaken(IMappedMemory memory, PhysicalAddress headerPage, uint change) => memory.ReadUInt32(headerPage + Words.Taken) == change;

    /// <summary>Takes what was answered.</summary>
    /// <returns>Whether all that is left was refused.</returns>
    public bool TakeAnswers(IMappedMemory memory, PhysicalAddress headerPage)
    {
        _open.RemoveAll(place => IsSettled(memory, headerPage, place));
        return !IsAnswered && _open.TrueForAll(place => Words.ReadAnswer(memory, headerPage, place) == KernelAnswer.Refused);
    }

    /// <summary>The refusal in words.</summary>
    public string Refusal(IMappedMemory memory, PhysicalAddress headerPage)
    {
        uint status = memory.ReadUInt32(headerPage + Words.Refusal);
        return string.Create(CultureInfo.InvariantCulture, $"refused {NameOf(_open)} (_OST status 0x{status:x}); its log may say why");
    }

    /// <summary>Things at places, such as <c>CPUs 3,7</c>.</summary>
    protected abstract string NameOf(IReadOnlyList<int> places);

    /// <summary>One thing is to be answered.</summary>
    protected void Add(int place, bool isGranted)
    {
        _open.Add(place);
        if (isGranted)
        {
            _granted.Add(place);
        }
    }

    // What leaves has left when its device is no longer there; what comes has come when the kernel says so, or where it was there all along.
    private bool IsSettled(IMappedMemory memory, PhysicalAddress headerPage, int place) => _granted.Contains(place)
        ? Words.IsPresent(memory, headerPage, place) && Words.ReadAnswer(memory, headerPage, place) == KernelAnswer.Done
        : !Words.IsPresent(memory, headerPage, place) && Words.ReadAnswer(memory, headerPage, place) != KernelAnswer.None;
}
