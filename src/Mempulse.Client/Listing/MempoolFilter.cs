using Mempulse.Client.Requests;

namespace Mempulse.Client.Listing;

/// <summary>Which waiting transactions GET /mempool lists, and in which order. What is null does not filter.</summary>
public sealed record MempoolFilter
{
    /// <summary>States: seen, pending, queued, left.</summary>
    public IReadOnlyList<string> States { get; init; } = [];

    /// <summary>Classes of fees: next, near, below, unknown.</summary>
    public IReadOnlyList<string> Fees { get; init; } = [];

    /// <summary>What transactions are for, such as swap.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Risks, such as no_deadline: only transactions with all of them.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>The name of a protocol, such as uniswap-v3.</summary>
    public string? Protocol { get; init; }

    /// <summary>The name or id of a source.</summary>
    public string? Source { get; init; }

    /// <summary>The sender.</summary>
    public string? Sender { get; init; }

    /// <summary>1 to 80 characters that the hash, an account or a name contains.</summary>
    public string? Text { get; init; }

    /// <summary>The least tip per gas at the next base fee, in wei.</summary>
    public string? MinTip { get; init; }

    /// <summary>The largest one, in wei.</summary>
    public string? MaxTip { get; init; }

    /// <summary>The least cap on the fee per gas, in wei.</summary>
    public string? MinFee { get; init; }

    /// <summary>The largest one, in wei.</summary>
    public string? MaxFee { get; init; }

    /// <summary>score, age, tip, max_fee, nonce or heard_by; score when null.</summary>
    public string? Sort { get; init; }

    /// <summary>desc or asc; desc when null.</summary>
    public string? Order { get; init; }

    /// <summary>Number of transactions of a page, from 1 to 500; 100 when null.</summary>
    public int? Limit { get; init; }

    internal QueryString AddTo(QueryString address) => address
        .With("state", States)
        .With("fee", Fees)
        .With("category", Categories)
        .With("flags", Flags)
        .With("protocol", Protocol)
        .With("source", Source)
        .With("sender", Sender)
        .With("text", Text)
        .With("min_tip", MinTip)
        .With("max_tip", MaxTip)
        .With("min_fee", MinFee)
        .With("max_fee", MaxFee)
        .With("sort", Sort)
        .With("order", Order)
        .With("limit", Limit);
}
