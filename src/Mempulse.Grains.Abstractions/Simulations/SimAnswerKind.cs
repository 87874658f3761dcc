namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>What became of a request to simulate.</summary>
public enum SimAnswerKind
{
    /// <summary>It was simulated and is on record; how it came out is in the answer.</summary>
    Recorded = 0,

    /// <summary>It cannot be simulated as it is: too many transactions, too many bytes.</summary>
    BadRequest = 1,

    /// <summary>No node has the block.</summary>
    UnknownBlock = 2,

    /// <summary>Nobody gives the state: no endpoint is configured, none answers, or none in time.</summary>
    NoState = 3,

    /// <summary>It was simulated, and the log or the store did not take it: no result without a record.</summary>
    NotRecorded = 4,

    /// <summary>Too many simulations are under way; ask again.</summary>
    Busy = 5,
}
