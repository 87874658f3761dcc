namespace Mempulse.Features.Book;

/// <summary>An event of a pool, by what it says about its state.</summary>
internal enum PoolLogKind
{
    /// <summary>An event that no form of pool is known to emit.</summary>
    Unknown = 0,

    /// <summary>It changes nothing that a swap needs.</summary>
    Harmless,

    /// <summary>A token moved, or a share of a pair.</summary>
    Transfer,

    /// <summary>What a pair took and gave; its reserves are in Sync.</summary>
    PairSwap,

    /// <summary>The reserves of a pair.</summary>
    Sync,

    /// <summary>The first price of a pool of ticks.</summary>
    Initialize,

    /// <summary>Price, liquidity and tick after a swap.</summary>
    Swap,

    /// <summary>Liquidity came between two ticks.</summary>
    Mint,

    /// <summary>Liquidity left between two ticks.</summary>
    Burn,
}
