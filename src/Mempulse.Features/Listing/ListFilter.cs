using Mempulse.Features.Flags;
using Mempulse.Features.Registry;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Listing;

namespace Mempulse.Features.Listing;

/// <summary>Which transactions of a list are asked for. An empty set, and null, stand for all.</summary>
public sealed record ListFilter
{
    /// <summary>In one of these states.</summary>
    public IReadOnlyList<TxState> States { get; init; } = [];

    /// <summary>In one of these classes of fees.</summary>
    public IReadOnlyList<FeeClass> Fees { get; init; } = [];

    /// <summary>For one of these purposes.</summary>
    public IReadOnlyList<CallCategory> Categories { get; init; } = [];

    /// <summary>With all of these risks.</summary>
    public IReadOnlyList<RiskFlagKind> Flags { get; init; } = [];

    /// <summary>Of this protocol; case does not matter.</summary>
    public string? Protocol { get; init; }

    /// <summary>Announced by the source with this name, or with this id.</summary>
    public string? Source { get; init; }

    /// <summary>Of this sender.</summary>
    public Address? Sender { get; init; }

    /// <summary>With this text in its hash, in the accounts that it names, or in the names of what it calls; case does not matter.</summary>
    public string? Text { get; init; }

    /// <summary>The least tip per gas at the next base fee.</summary>
    public Wei? MinTip { get; init; }

    /// <summary>The largest tip per gas at the next base fee.</summary>
    public Wei? MaxTip { get; init; }

    /// <summary>The least cap on the fee per gas.</summary>
    public Wei? MinFee { get; init; }

    /// <summary>The largest cap on the fee per gas.</summary>
    public Wei? MaxFee { get; init; }

    /// <summary>The least cap on the tip per gas.</summary>
    public Wei? MinTipCap { get; init; }

    /// <summary>The largest cap on the tip per gas.</summary>
    public Wei? MaxTipCap { get; init; }

    /// <summary>First reported at this time or later.</summary>
    public UnixNanoseconds? FirstFrom { get; init; }

    /// <summary>First reported at this time or earlier.</summary>
    public UnixNanoseconds? FirstTo { get; init; }

    /// <summary>True if a row of a list is asked for.</summary>
    public bool Matches(ListedTx tx, TxList list)
    {
        ArgumentNullException.ThrowIfNull(tx);
        ArgumentNullException.ThrowIfNull(list);
        return (States.Count == 0 || States.Contains(tx.State))
            && (Fees.Count == 0 || Fees.Contains(tx.FeeClassAt(list.Fees)))
            && (Categories.Count == 0 || (tx.Body is { HasCall: true } body && Categories.Contains(body.Category)))
            && HasFlags(tx)
            && (Sender is null || Sender == tx.Sender)
            && (Protocol is null || string.Equals(Protocol, tx.Body?.Protocol, StringComparison.OrdinalIgnoreCase))
            && IsWithin(MinFee, tx.Body?.MaxFeePerGas, MaxFee)
            && IsWithin(MinTipCap, tx.Body?.MaxPriorityFeePerGas, MaxTipCap)
            && (FirstFrom is not { } from || tx.FirstAt >= from)
            && (FirstTo is not { } to || tx.FirstAt <= to)
            && ((MinTip is null && MaxTip is null) || IsWithin(MinTip, tx.TipAt(list.Fees), MaxTip))
            && (Source is null || IsHeardBy(Source, tx, list))
            && (Text is null || Contains(Text, tx));
    }

    private static bool IsWithin(Wei? least, Wei? value, Wei? largest) =>
        (least is null && largest is null) || (value is { } known && (least is not { } from || known >= from) && (largest is not { } to || known <= to));

    private static bool IsHeardBy(string source, ListedTx tx, TxList list)
    {
        foreach (var heard in tx.HeardBy)
        {
            if (list.SourceOf(heard.Observer) is { } one && (one.Name == source || one.Source.ToString() == source))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Contains(string text, ListedTx tx) =>
        Has(tx.Hash.ToString(), text) || Has(tx.Sender?.ToString(), text)
        || (tx.Body is { HasCall: true } body
            && (Has(body.Target?.ToString(), text) || Has(body.Contract, text) || Has(body.Function, text) || Has(body.Protocol, text) || Has(body.Category.ToString(), text)));

    private static bool Has(string? value, string text) => value?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    private bool HasFlags(ListedTx tx)
    {
        foreach (var flag in Flags)
        {
            if (!tx.Has(flag))
            {
                return false;
            }
        }

        return true;
    }
}
