using Mempulse.Evm.Forks;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Chains;

/// <summary>Which rules hold where on a chain.</summary>
internal interface IChainRules
{
    ulong ChainId { get; }

    /// <summary>Whose logs are deposits (EIP-6110).</summary>
    Address DepositContract { get; }

    /// <summary>The rules of a block at this height and time.</summary>
    ForkRules At(ulong number, ulong timestampSeconds);
}
