using System.Globalization;
using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Listing;

namespace Mempulse.Dashboard.Screens.Radar;

/// <summary>The filter of the pool as it stands in the address.</summary>
internal sealed record PoolFilter
{
    /// <summary>Rows of the table at most; filters find the others.</summary>
    public const int MaxRows = 500;

    private static readonly UInt256 _weiPerMilliGwei = 1_000_000;

    /// <summary>States, separated by commas.</summary>
    public string? State { get; init; }

    /// <summary>next, near or below.</summary>
    public string? Fee { get; init; }

    /// <summary>What it is for.</summary>
    public string? Category { get; init; }

    /// <summary>The protocol.</summary>
    public string? Protocol { get; init; }

    /// <summary>A risk.</summary>
    public string? Flag { get; init; }

    /// <summary>A source that announced it.</summary>
    public string? Source { get; init; }

    /// <summary>The sender.</summary>
    public string? Sender { get; init; }

    /// <summary>Caps on the tip: a range in gwei.</summary>
    public string? Tip { get; init; }

    /// <summary>Caps on the fee: a range in gwei.</summary>
    public string? Max { get; init; }

    /// <summary>When it was first reported: a range in seconds.</summary>
    public string? Seen { get; init; }

    /// <summary>Words such as protocol:uniswap, tip&gt;2, state:queued; the rest is looked for in names and hashes.</summary>
    public string? Text { get; init; }

    /// <summary>What rows are sorted by.</summary>
    public string? Sort { get; init; }

    /// <summary>asc for the lowest first.</summary>
    public string? Order { get; init; }

    /// <summary>The filter as text.</summary>
    public string Key => string.Join('\n', State, Fee, Category, Protocol, Flag, Source, Sender, Tip, Max, Seen, Text, Sort, Order);

    /// <summary>True if it leaves something out.</summary>
    public bool IsSet => new[] { State, Fee, Category, Protocol, Flag, Source, Sender, Tip, Max, Seen, Text }.Any(static part => !string.IsNullOrEmpty(part));

    /// <summary>The query of the filter.</summary>
    public TxListQuery ToQuery()
    {
        var (tip, max, seen) = (BrushedRange.Fees(Tip), BrushedRange.Fees(Max), BrushedRange.Seconds(Seen));
        var query = new TxListQuery
        {
            States = Parsed<TxState>(State),
            Fees = Parsed<FeeClass>(Fee),
            Categories = Category is { Length: > 0 } category ? [category] : [],
            Flags = Flag is { Length: > 0 } flag ? [flag] : [],
            Protocol = NullIfEmpty(Protocol),
            Source = NullIfEmpty(Source),
            Sender = Address.TryParse(Sender, out var sender) ? sender : null,
            Sort = Enum.TryParse<TxSort>(Sort, ignoreCase: true, out var sort) ? sort : TxSort.Score,
            Order = Order == "asc" ? SortOrder.Ascending : SortOrder.Descending,
            Limit = MaxRows,
            MinTipCap = tip?.From,
            MaxTipCap = tip?.To,
            MinFee = max?.From,
            MaxFee = max?.To,
            FirstFrom = seen?.From,
            FirstTo = seen?.To,
        };
        var words = (Text ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Aggregate(query, With);
    }

    private static TxListQuery With(TxListQuery query, string word)
    {
        int at = word.IndexOfAny([':', '>', '<']);
        string name = at > 0 ? word[..at] : string.Empty;
        string value = word[(at + 1)..];
        return (name, at > 0 ? word[at] : ' ') switch
        {
            ("protocol", ':') => query with { Protocol = value },
            ("category", ':') => query with { Categories = [value] },
            ("flag", ':') => query with { Flags = [value] },
            ("source", ':') => query with { Source = value },
            ("state", ':') => query with { States = Parsed<TxState>(value) },
            ("fee", ':') => query with { Fees = Parsed<FeeClass>(value) },
            ("tip", '>') when TryGwei(value, out var tip) => query with { MinTip = tip },
            ("tip", '<') when TryGwei(value, out var tip) => query with { MaxTip = tip },
            ("max", '>') when TryGwei(value, out var fee) => query with { MinFee = fee },
            ("max", '<') when TryGwei(value, out var fee) => query with { MaxFee = fee },
            _ => query with { Text = query.Text is { } before ? $"{before} {word}" : word },
        };
    }

    private static bool TryGwei(string text, out Wei wei)
    {
        bool isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal gwei) && gwei < 1_000_000_000;
        wei = new Wei(isNumber ? _weiPerMilliGwei * (ulong)(gwei * 1_000) : default);
        return isNumber;
    }

    private static IReadOnlyList<T> Parsed<T>(string? list)
        where T : struct, Enum => [.. (list ?? string.Empty).Split(',').Select(static name => Enum.TryParse<T>(name, ignoreCase: true, out var value) && !char.IsAsciiDigit(name[0]) ? value : (T?)null).OfType<T>()];

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
