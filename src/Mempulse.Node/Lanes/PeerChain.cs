using Mempulse.Node.Options;

namespace Mempulse.Node.Lanes;

/// <summary>The chain of the peers: the settings, completed by what a node of the chain states.</summary>
/// <param name="Settings">The completed settings.</param>
/// <param name="HeadBlock">The node's head; null if it was not read.</param>
/// <param name="Notes">What was taken from the node and what could not be, one sentence each.</param>
internal sealed record PeerChain(PeerSettings Settings, ulong? HeadBlock, IReadOnlyList<string> Notes)
{
    /// <summary>The settings alone.</summary>
    public static PeerChain Of(PeerSettings settings) => new(settings, HeadBlock: null, []);
}
