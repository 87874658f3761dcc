namespace Mempulse.Features.Book;

/// <summary>How much is known of a pool. The number is in checkpoints.</summary>
internal enum PoolStanding
{
    /// <summary>It is to be read.</summary>
    Wanted = 0,

    /// <summary>Its state is known.</summary>
    Held = 1,

    /// <summary>It did not exist, or had no price, when it was read.</summary>
    Absent = 2,
}
