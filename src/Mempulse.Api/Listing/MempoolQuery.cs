using System.Diagnostics.CodeAnalysis;
using Mempulse.Api.Problems;
using Mempulse.Api.Text;
using Mempulse.Features.Flags;
using Mempulse.Features.Registry;
using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Listing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mempulse.Api.Listing;

/// <summary>What a request asks of the waiting transactions, as text; an error is one sentence.</summary>
internal sealed class MempoolQuery
{
    private const int DefaultLimit = 100;
    private const int MaxTextLength = 80;

    /// <summary>The columns by the names that requests use, in the order of <see cref="TxSort"/>.</summary>
    public static readonly string[] Sorts = ["score", "age", "tip", "max_fee", "nonce", "heard_by"];

    private static readonly string[] _orders = ["desc", "asc"];
    private static readonly NamedValues<TxState> _states = new([("seen", TxState.Seen), ("pending", TxState.Pending), ("queued", TxState.Queued), ("left", TxState.Left)]);
    private static readonly NamedValues<FeeClass> _fees = new([("next", FeeClass.Next), ("near", FeeClass.Near), ("below", FeeClass.Below), ("unknown", FeeClass.Unknown)]);
    private static readonly NamedValues<string> _categories = new([.. Enum.GetNames<CallCategory>().Select(static name => (MempoolText.CategoryOf(name), name))]);
    private static readonly NamedValues<string> _flags = new([.. Enum.GetValues<RiskFlagKind>().Select(static kind => (FlagNames.Of(kind), FlagNames.Of(kind)))]);

    public required string? State { get; init; }

    public required string? Fee { get; init; }

    public required string? Category { get; init; }

    public required string? Protocol { get; init; }

    public required string? Flags { get; init; }

    public required string? Source { get; init; }

    public required string? Sender { get; init; }

    public required string? Text { get; init; }

    public required string? MinTip { get; init; }

    public required string? MaxTip { get; init; }

    public required string? MinFee { get; init; }

    public required string? MaxFee { get; init; }

    public required string? Sort { get; init; }

    public required string? Order { get; init; }

    public required string? Cursor { get; init; }

    public required string? Limit { get; init; }

    /// <summary>Reads all of it.</summary>
    public bool TryRead([NotNullWhen(true)] out TxListQuery? query, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        query = null;
        if (!TryReadLists(out var lists, out problem)
            || !TryReadFees(lists, out var fees, out problem)
            || !TrySender(out var sender, out problem)
            || !IsShort(Protocol, "protocol", out problem)
            || !IsShort(Source, "source", out problem)
            || !IsShort(Text, "text", out problem)
            || !TryPlace(Sort, "sort", Sorts, out int sort, out problem)
            || !TryPlace(Order, "order", _orders, out int order, out problem)
            || !MempoolCursor.TryRead(Cursor, (TxSort)sort, (SortOrder)order, out var after, out problem)
            || !QueryNumber.TryCount(Limit, "limit", DefaultLimit, TxListQuery.MaxLimit, out int limit, out problem))
        {
            return false;
        }

        query = fees with { Sender = sender, Protocol = Protocol, Source = Source, Text = Text, Sort = (TxSort)sort, Order = (SortOrder)order, After = after, Limit = limit };
        return true;
    }

    private bool TryReadLists(out TxListQuery lists, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        lists = new TxListQuery();
        if (!_states.TryRead(State, "state", out var states, out problem)
            || !_fees.TryRead(Fee, "fee", out var fees, out problem)
            || !_categories.TryRead(Category, "category", out var categories, out problem)
            || !_flags.TryRead(Flags, "flags", out var flags, out problem))
        {
            return false;
        }

        lists = lists with { States = states, Fees = fees, Categories = categories, Flags = flags };
        return true;
    }

    private bool TryReadFees(TxListQuery lists, out TxListQuery fees, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        fees = lists;
        if (!TryWei(MinTip, "min_tip", out var minTip, out problem)
            || !TryWei(MaxTip, "max_tip", out var maxTip, out problem)
            || !TryWei(MinFee, "min_fee", out var minFee, out problem)
            || !TryWei(MaxFee, "max_fee", out var maxFee, out problem))
        {
            return false;
        }

        fees = lists with { MinTip = minTip, MaxTip = maxTip, MinFee = minFee, MaxFee = maxFee };
        return true;
    }

    private bool TrySender(out Address? sender, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        bool isValid = Address.TryParse(Sender, out var account);
        sender = isValid ? account : null;
        problem = Sender is null || isValid ? null : Problem.BadRequest($"'{Shown.Of(Sender)}' is not a valid 'sender': expected 0x and 40 hex digits.");
        return problem is null;
    }

    private static bool IsShort(string? text, string name, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        problem = text is null or { Length: > 0 and <= MaxTextLength } ? null : Problem.BadRequest($"'{Shown.Of(text)}' is not a valid '{name}': expected 1 to {MaxTextLength} characters.");
        return problem is null;
    }

    private static bool TryPlace(string? text, string name, string[] names, out int place, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        place = text is null ? 0 : Array.IndexOf(names, text);
        problem = place >= 0 ? null : Problem.BadRequest($"'{Shown.Of(text)}' is not a valid '{name}': expected one of {string.Join(", ", names)}.");
        return problem is null;
    }

    private static bool TryWei(string? text, string name, out Wei? fee, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        bool isValid = UInt256.TryParse(text, out var value);
        fee = isValid ? new Wei(value) : null;
        problem = text is null || isValid ? null : Problem.BadRequest($"'{Shown.Of(text)}' is not a valid '{name}': expected a number of at most 256 bits.");
        return problem is null;
    }
}
