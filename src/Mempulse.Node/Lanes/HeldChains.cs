using Mempulse.Grains.Hosting;
using Mempulse.Node.Options;
using Mempulse.Primitives;

namespace Mempulse.Node.Lanes;

/// <summary>The chains whose logs this silo holds.</summary>
/// <param name="Chains">The chains; empty without the role.</param>
internal sealed record HeldChains(IReadOnlyList<ChainId> Chains)
{
    /// <summary>Those that the options name, or all.</summary>
    /// <exception cref="NodeUsageException">The options name a chain that the node does not serve.</exception>
    public static HeldChains Of(NodeOptions options, NodeInput input) => new(
        !options.Roles.HasFlag(SiloRoles.Log) ? []
        : options.LogChains.Count == 0 ? input.Chains
        : options.LogChains.Except(input.Chains).ToList() is [var unknown, ..]
            ? throw new NodeUsageException($"Cannot hold the log of chain {unknown}: it is not one of the chains {string.Join(", ", input.Chains)}. Name it in {MempulseSilo.Section}:ChainIds, or give its --rpc.")
            : options.LogChains);
}
