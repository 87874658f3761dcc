namespace Mempulse.Features.Book;

/// <summary>How useful two tokens have proven: each standing has room of its own, so that requests alone displace nothing that blocks confirm. The number is in checkpoints.</summary>
internal enum PairStanding
{
    /// <summary>A pending transaction asked for them, and no pool of them was found yet.</summary>
    Asked = 0,

    /// <summary>A pool of them has a state, or had one until it was set aside.</summary>
    Held = 1,

    /// <summary>A canonical block changed one of their pools.</summary>
    Traded = 2,

    /// <summary>No pool of them exists; only the addresses are kept.</summary>
    Empty = 3,

    /// <summary>There was no room for them. They are asked for again while their transaction waits.</summary>
    LetGo = 4,
}
