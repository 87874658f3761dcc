using Mempulse.Evm.Forks;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Chains;

/// <summary>Which rules hold where on a chain.</summary>
internal interface IChainRules
{
    ulong ChainId { get; }

    /// <summary>Whose logs are deposits (EIP-6110).</summary>
    Address DepositContract { get; }

    /// <summary>The rules of a block.</summary>
    /// <param name="number">Its height.</param>
    /// <param name="timestampSeconds">Its time.</param>
    /// <param name="difficultyBefore">The difficulties of all blocks before it: Paris begins where they reach what the chain has set.</param>
    ForkRules At(ulong number, ulong timestampSeconds, in UInt256 difficultyBefore);
}
