using Mempulse.Primitives;
using Mempulse.Replay.Views;

namespace Mempulse.Features.Strategies;

/// <summary>The lending markets that the log describes, all at the state of one block. Read it in derivations and between facts; confined to the fold's thread.</summary>
public interface IMarketBook
{
    /// <summary>The block whose state the markets have; null while no market is held.</summary>
    ChainBlock? Head { get; }

    /// <summary>The markets whose state changed with the last fact, in ascending order.</summary>
    IReadOnlyList<Address> Changed { get; }
}
