using Mempulse.Grains.Abstractions.Opportunities;
using Mempulse.Grains.Abstractions.Simulations;

namespace Mempulse.Grains.Opportunities;

/// <summary>The bundle that shows what a transaction does that advice is about: what its sender sent before it, and it alone. No transaction follows from advice.</summary>
internal static class AdviceBundle
{
    /// <summary>The request to simulate it on the state that the advice was computed on. The sender's own change of ether is reported.</summary>
    /// <param name="opp">The advice.</param>
    /// <param name="before">The transactions before the trigger. One that reverts uses its nonce, so that the trigger can still follow.</param>
    /// <param name="trigger">The trigger.</param>
    public static SimQuery Of(OppView opp, IReadOnlyList<ReadOnlyMemory<byte>> before, ReadOnlyMemory<byte> trigger) => new()
    {
        Transactions = [.. before.Select(static tx => new SimTransaction(tx, MayRevert: true)), new SimTransaction(trigger, MayRevert: false)],
        Block = opp.Base.ToString(),
        Opportunity = opp.Id,
    };
}
