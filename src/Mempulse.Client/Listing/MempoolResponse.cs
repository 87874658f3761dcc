namespace Mempulse.Client.Listing;

/// <summary>A page of the waiting transactions.</summary>
public sealed record MempoolResponse
{
    /// <summary>The chain.</summary>
    public required string Chain { get; init; }

    /// <summary>True when a source has synthetic arrival times.</summary>
    public required bool Synthetic { get; init; }

    /// <summary>The position up to which the log was applied.</summary>
    public required ulong AsOfSeq { get; init; }

    /// <summary>The number of the canonical head; null while its fees are not known.</summary>
    public ulong? Head { get; init; }

    /// <summary>The base fee of the head, in wei; null while it is not known.</summary>
    public string? BaseFee { get; init; }

    /// <summary>The base fee of the next block, in wei; null while it is not known.</summary>
    public string? NextBaseFee { get; init; }

    /// <summary>Number of waiting transactions, whether asked for or not.</summary>
    public required int Waiting { get; init; }

    /// <summary>Number of waiting transactions by state.</summary>
    public required MempoolStatesPart ByState { get; init; }

    /// <summary>Number of waiting transactions by class of fees.</summary>
    public required MempoolFeesPart ByFee { get; init; }

    /// <summary>Number of transactions that are asked for, on all pages.</summary>
    public required int Matching { get; init; }

    /// <summary>The transactions of this page.</summary>
    public required IReadOnlyList<MempoolTxPart> Transactions { get; init; }

    /// <summary>The cursor of the next page; null for the last one.</summary>
    public string? Next { get; init; }
}
