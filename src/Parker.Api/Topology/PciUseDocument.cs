using Parker.Machine.Topology;

namespace Parker.Api.Topology;

/// <summary>What in the Boot Kernel uses a function.</summary>
/// <param name="Kind"><c>mount</c>, <c>swap</c>, <c>volume</c>, <c>network_interface</c> or <c>console</c>.</param>
/// <param name="Detail">What exactly; in the list of unseen uses, why they could not be seen.</param>
public sealed record PciUseDocument(string Kind, string Detail)
{
    internal static PciUseDocument Of(PciUse use) => new(ApiJson.NameOf(use.Kind), use.Detail);

    internal static PciUseDocument Of(UnseenPciUse use) => new(ApiJson.NameOf(use.Kind), use.Why);
}
