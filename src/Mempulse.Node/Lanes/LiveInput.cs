using Mempulse.Node.Options;
using Mempulse.Primitives.Events;

namespace Mempulse.Node.Lanes;

/// <summary>Input from JSON-RPC endpoints.</summary>
internal static class LiveInput
{
    /// <summary>Plans the lanes of every chain.</summary>
    public static NodeInput Of(IReadOnlyList<ChainInput> chains) => new(
        [.. chains.Select(chain => chain.Chain)],
        [],
        IsSynthetic: false,
        new FoldParameters(),
        string.Join(", ", chains.Select(chain => $"chain {chain.Chain} from {string.Join(" and ", chain.Endpoints.Select(endpoint => endpoint.Host))}")));
}
