using System.Text;
using Parker.Machine.Topology;

namespace Parker.Cli.Tests.Fixtures;

/// <summary>A machine with one damaged file.</summary>
internal sealed class DamagedMachineSource(IMachineSource inner, string path, Damage damage, int seed) : IMachineSource
{
    private const string Letters = ",-:0 []$/x\n\té%sK!";

    public SourceStatus TryRead(string asked, out byte[] content)
    {
        SourceStatus status = inner.TryRead(asked, out content);
        if (asked != path || status != SourceStatus.Ok)
        {
            return status;
        }

        content = Damaged(content);
        return damage switch
        {
            Damage.Missing => SourceStatus.Missing,
            Damage.Denied => SourceStatus.Denied,
            Damage.Failed => SourceStatus.Failed,
            _ => SourceStatus.Ok,
        };
    }

    public SourceStatus TryList(string asked, out IReadOnlyList<string> names)
    {
        SourceStatus status = inner.TryList(asked, out names);
        if (damage == Damage.Missing && status == SourceStatus.Ok && path.StartsWith(asked + "/", StringComparison.Ordinal))
        {
            names = [.. names.Where(name => $"{asked}/{name}" != path)];
        }

        return status;
    }

    public SourceStatus TryReadLink(string asked, out string target) => inner.TryReadLink(asked, out target);

    public bool Exists(string asked) => (damage != Damage.Missing || asked != path) && inner.Exists(asked);

    public SourceStatus TryReadMsr(int cpu, uint register, out ulong value) => inner.TryReadMsr(cpu, register, out value);

    public SourceStatus TryReadKernelLog(out IReadOnlyList<string> lines) => inner.TryReadKernelLog(out lines);

    public SourceStatus TryReadTsc(out TscReading frequency) => inner.TryReadTsc(out frequency);

    private byte[] Damaged(byte[] content)
    {
        Random random = new(seed);
        switch (damage)
        {
            case Damage.Cut:
                return content[..(content.Length / 2)];
            case Damage.Random:
                byte[] bytes = new byte[Math.Max(content.Length, 64)];
                random.NextBytes(bytes);
                return bytes;
            case Damage.AllOnes:
                byte[] ones = new byte[content.Length];
                ones.AsSpan().Fill(0xff);
                return ones;
            case Damage.Flipped:
                byte[] flipped = [.. content];
                for (int count = 0; count < 1 + (content.Length / 32) && content.Length > 0; count++)
                {
                    flipped[random.Next(flipped.Length)] = (byte)random.Next(256);
                }

                return flipped;
            case Damage.HugeNumber:
                return Encoding.ASCII.GetBytes(random.Next(3) switch { 0 => "99999999999999999999999\n", 1 => "-9223372036854775809\n", _ => "0xffffffffffffffffff\n" });
            case Damage.Babble:
                return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 300).Select(_ => Letters[random.Next(Letters.Length)])));
            default:
                return [];
        }
    }
}
