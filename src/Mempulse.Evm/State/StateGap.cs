using Mempulse.Primitives;

namespace Mempulse.Evm.State;

/// <summary>The first missing part of the state in a run. A closed hierarchy.</summary>
public abstract record StateGap
{
    private StateGap()
    {
    }

    /// <summary>An account.</summary>
    public sealed record OfAccount(Address Address) : StateGap;

    /// <summary>A storage slot.</summary>
    public sealed record OfSlot(Address Address, UInt256 Slot) : StateGap;

    /// <summary>The code of an account.</summary>
    public sealed record OfCode(Address Address, Hash256 CodeHash) : StateGap;

    /// <summary>The hash of a block.</summary>
    public sealed record OfBlockHash(ulong Number) : StateGap;
}
