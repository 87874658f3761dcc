namespace Mempulse.Features.Book;

/// <summary>How much is known of a pool. The number is in checkpoints.</summary>
internal enum PoolStanding
{
    /// <summary>Nothing: it is to be read.</summary>
    Wanted = 0,

    /// <summary>Its state is known.</summary>
    Held = 1,

    /// <summary>Its state at an earlier block is known. It is to be read, unless a reorg leads back to that block.</summary>
    SetAside = 2,
}
