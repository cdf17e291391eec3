using Parker.Machine.Topology;

namespace Parker.Planning.Grants;

/// <summary>How the Boot Kernel uses the IOMMU units.</summary>
internal static class BootKernelIommu
{
    private const string DefaultOption = "CONFIG_IOMMU_DEFAULT_PASSTHROUGH";

    /// <summary>Whether devices that the Boot Kernel puts behind a unit see physical addresses all the same.</summary>
    /// <remarks>drivers/iommu/iommu.c: the configured default, then <c>iommu.passthrough=</c>, <c>iommu=pt</c> and <c>iommu=nopt</c>, of which the last one counts.</remarks>
    public static bool PassesAddressesThrough(KernelFacts kernel)
    {
        bool through = kernel.Configuration.Value?.GetValueOrDefault(DefaultOption) == "y";
        foreach ((string name, string? value) in kernel.CommandLine.Parameters)
        {
            if (name == "iommu.passthrough")
            {
                through = value is "1" or "y" or "Y" or "on" or "yes" or "true";
            }
            else if (name == "iommu")
            {
                foreach (string word in (value ?? "").Split(','))
                {
                    through = word == "pt" || (through && word != "nopt");
                }
            }
        }

        return through;
    }
}
