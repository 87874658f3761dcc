namespace Mempulse.Grains.Abstractions.Simulations;

/// <summary>How a request to simulate was handled.</summary>
public enum SimAnswerKind
{
    /// <summary>The bundle was simulated and recorded; the answer has the outcome.</summary>
    Recorded = 0,

    /// <summary>The request is invalid, for example because it has too many transactions or bytes.</summary>
    BadRequest = 1,

    /// <summary>No node has the block.</summary>
    UnknownBlock = 2,

    /// <summary>The state is unavailable: no endpoint is configured, or none answered in time.</summary>
    NoState = 3,

    /// <summary>The bundle was simulated, but the log or the store did not accept the record, so there is no result.</summary>
    NotRecorded = 4,

    /// <summary>Too many simulations are in progress; repeat the request later.</summary>
    Busy = 5,
}
