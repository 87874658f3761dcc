namespace Mempulse.Features.Book;

/// <summary>How much is known of a pool. The number is in checkpoints.</summary>
internal enum PoolStanding
{
    /// <summary>It is to be read.</summary>
    Wanted = 0,

    /// <summary>Its state is known.</summary>
    Held = 1,

    /// <summary>When it was read, it did not exist, had no price, or had slots that no such pool has.</summary>
    Absent = 2,
}
