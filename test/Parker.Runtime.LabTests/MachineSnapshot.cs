namespace Parker.Runtime.LabTests;

/// <summary>What of a server must be the same before a partition and after it.</summary>
/// <remarks>
/// Not compared: interrupt numbers (the kernel gives new ones when a driver is bound again; affinities are compared by function and vector), counters, time stamps, names that
/// the kernel gives to disks and cards when it finds them again, and what the Boot Kernel's own work changes (load, memory in use, caches).
/// </remarks>
public sealed class MachineSnapshot
{
    private static readonly (string What, string Command)[] Compared =
    [
        ("online CPUs", "cat /sys/devices/system/cpu/online"),
        ("memory map", "cat /proc/iomem"),
        ("drivers and overrides", "for d in /sys/bus/pci/devices/*; do echo ${d##*/} $(basename $(readlink $d/driver)) $(cat $d/driver_override); done"),
        ("command registers", "for d in /sys/bus/pci/devices/*; do echo ${d##*/} $(dd if=$d/config bs=1 skip=4 count=2 2>/dev/null | od -An -tx1); done"),
        ("power control", "for d in /sys/bus/pci/devices/*; do echo ${d##*/} $(cat $d/power/control); done"),
        ("interrupt affinities", "for d in /sys/bus/pci/devices/*/msi_irqs; do n=0; for i in $(ls $d | sort -n); do [ -z \"$(cat /sys/kernel/irq/$i/actions)\" ] || echo $d $n $(cat /proc/irq/$i/smp_affinity_list); n=$((n+1)); done; done"),
        ("other interrupts' affinities", "for i in /sys/kernel/irq/*; do n=${i##*/}; a=$(cat $i/actions); case \"$a\" in ''|*PCIe*|*aerdrv*|*nvme*|*eth*|*virtio*) ;; *) echo $n $a $(cat /proc/irq/$n/smp_affinity_list);; esac; done"),
        ("mounts", "cat /proc/mounts"),
        ("partitions", "! command -v parker >/dev/null || parker list -o json"),
    ];

    private readonly string[] _texts;

    private MachineSnapshot(string[] texts) => _texts = texts;

    public static MachineSnapshot Take(PartitionServer server) => new([.. Compared.Select(part => server.Output(part.Command))]);

    /// <summary>Fails with the lines that differ.</summary>
    public void AssertSame(MachineSnapshot later)
    {
        for (int index = 0; index < Compared.Length; index++)
        {
            string[] before = _texts[index].Split('\n');
            string[] after = later._texts[index].Split('\n');
            Assert.True(
                before.SequenceEqual(after),
                $"{Compared[index].What} before:\n{string.Join('\n', before.Except(after))}\nafter:\n{string.Join('\n', after.Except(before))}");
        }
    }
}
