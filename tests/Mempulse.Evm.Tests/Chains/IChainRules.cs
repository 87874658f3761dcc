using Mempulse.Evm.Forks;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Chains;

/// <summary>The fork schedule of a chain.</summary>
internal interface IChainRules
{
    ulong ChainId { get; }

    /// <summary>The deposit contract (EIP-6110).</summary>
    Address DepositContract { get; }

    /// <summary>Returns the rules of a block.</summary>
    /// <param name="number">The block's height.</param>
    /// <param name="timestampSeconds">The block's time, in Unix seconds.</param>
    /// <param name="difficultyBefore">Total difficulty of the parent: Paris starts when it reaches the chain's terminal total difficulty.</param>
    ForkRules At(ulong number, ulong timestampSeconds, in UInt256 difficultyBefore);
}
