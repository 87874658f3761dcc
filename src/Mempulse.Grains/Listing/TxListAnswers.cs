using Mempulse.Features.Decoding;
using Mempulse.Features.Flags;
using Mempulse.Features.Listing;
using Mempulse.Features.Registry;
using Mempulse.Features.Trades;
using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Grains.Ranking;
using Mempulse.Primitives;

namespace Mempulse.Grains.Listing;

/// <summary>Builds answers from lists of waiting transactions. Thread-safe.</summary>
internal static class TxListAnswers
{
    public static TxListPage Page(TxList list, TxListQuery query)
    {
        var after = query.After is { } place ? new ListKey(place.Number, place.Hash) : (ListKey?)null;
        var page = ListPage.Of(list, FilterOf(query), query.Sort, query.Order, after, Math.Clamp(query.Limit, 1, TxListQuery.MaxLimit));
        return new TxListPage(
            Counts(list), page.Matching, [.. page.Rows.Select(row => Row(row, list))], page.Next is { } next ? new TxListPlace(next.Value, next.Hash) : null);
    }

    public static TxListChanges Changes(ListChanges changes) => new(
        Counts(changes.List),
        changes.Since,
        [.. changes.Changed.Take(TxListChanges.MaxRows).Select(row => Row(row, changes.List))],
        [.. changes.Ended.Select(static end => new TxListEnd(end.Hash, end.State))],
        Math.Max(0, changes.Changed.Count - TxListChanges.MaxRows));

    public static TxListCounts Counts(TxList list) => new()
    {
        AsOf = list.AsOf,
        Waiting = list.Rows.Count,
        ByState = list.ByState,
        ByFee = list.ByFee,
        Head = list.Fees?.Head,
        BaseFee = list.Fees?.BaseFee,
        NextBaseFee = list.Fees?.NextBaseFee,
    };

    /// <summary>A name that is not known matches nothing; the API refuses it before.</summary>
    private static ListFilter FilterOf(TxListQuery query) => new()
    {
        States = query.States,
        Fees = query.Fees,
        Categories = [.. query.Categories.Select(static name => Enum.TryParse<CallCategory>(name, ignoreCase: true, out var category) ? category : (CallCategory)(-1))],
        Flags = [.. query.Flags.Select(static name => Enum.GetValues<RiskFlagKind>().FirstOrDefault(kind => FlagNames.Of(kind) == name, (RiskFlagKind)(-1)))],
        Protocol = query.Protocol,
        Source = query.Source,
        Sender = query.Sender,
        Text = query.Text,
        MinTip = query.MinTip,
        MaxTip = query.MaxTip,
        MinFee = query.MinFee,
        MaxFee = query.MaxFee,
        MinTipCap = query.MinTipCap,
        MaxTipCap = query.MaxTipCap,
        FirstFrom = query.FirstFrom,
        FirstTo = query.FirstTo,
    };

    private static TxListRow Row(ListedTx tx, TxList list) => new()
    {
        Hash = tx.Hash,
        State = tx.State,
        FirstAt = tx.FirstAt,
        Sender = tx.Sender,
        Nonce = tx.Nonce,
        MissingNonces = tx.MissingNonces,
        IsReplacement = tx.IsReplacement,
        IsTrigger = tx.IsTrigger,
        Fee = tx.FeeClassAt(list.Fees),
        Tip = tx.TipAt(list.Fees),
        Sightings = tx.Sightings,
        HeardBy = [.. tx.HeardBy.Select(heard => list.SourceOf(heard.Observer) is { } source
            ? new TxHeard(source.Source, source.Name, source.Lane, heard.AfterMicros)
            : new TxHeard(default, string.Empty, string.Empty, heard.AfterMicros))],
        Flags = [.. tx.Flags.Select(RankAnswers.Of)],
        Score = tx.Score,
        Body = tx.Body is { } body ? Body(body) : null,
    };

    private static TxListBody Body(ListedBody body) => new()
    {
        Type = body.Type,
        MaxFeePerGas = body.MaxFeePerGas,
        MaxPriorityFeePerGas = body.MaxPriorityFeePerGas,
        Call = !body.HasCall ? null : new TxListCall
        {
            Target = body.Target,
            Value = body.Value,
            GasLimit = body.GasLimit,
            Selector = body.Selector,
            Category = body.Category.ToString(),
            Protocol = body.Protocol,
            Contract = body.Contract,
            Function = body.Function,
            Trade = body.Trade is { } trade ? Trade(trade) : null,
        },
    };

    private static TxListTrade Trade(in Trade trade) => new(
        trade.TokenIn, Value(trade.AmountIn), trade.AmountIn.Meaning.ToString(), trade.TokenOut, Value(trade.AmountOut), trade.AmountOut.Meaning.ToString());

    private static UInt256? Value(in Amount amount) => amount.Meaning is AmountMeaning.NotStated or AmountMeaning.Unresolved ? null : amount.Value;
}
