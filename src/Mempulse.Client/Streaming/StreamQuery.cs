namespace Mempulse.Client.Streaming;

/// <summary>Which events of the stream, and from where. At most one of the keys is set.</summary>
public sealed record StreamQuery
{
    /// <summary>The position before the first event; null for the end of the log.</summary>
    public ulong? After { get; init; }

    /// <summary>The types of events; empty for all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Only events about this transaction.</summary>
    public string? Tx { get; init; }

    /// <summary>Only events about this account.</summary>
    public string? Sender { get; init; }

    /// <summary>Only events about this opportunity.</summary>
    public string? Opp { get; init; }

    /// <summary>Only events about this bundle.</summary>
    public string? Bundle { get; init; }

    /// <summary>False ends the stream at the present end of the log. Default true.</summary>
    public bool Follow { get; init; } = true;

    /// <summary>The number of events after which the stream ends, from 1 to 1,000,000; null for none.</summary>
    public int? Limit { get; init; }
}
