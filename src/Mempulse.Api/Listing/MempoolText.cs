using System.Globalization;
using System.Text.Json;
using Mempulse.Api.Ranking;
using Mempulse.Client.Listing;
using Mempulse.Grains.Abstractions.Listing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Listing;

namespace Mempulse.Api.Listing;

/// <summary>Turns a page of waiting transactions into a response.</summary>
internal static class MempoolText
{
    public static MempoolResponse Of(ChainId chain, bool isSynthetic, TxListQuery query, TxListPage page) => new()
    {
        Chain = chain.ToString(),
        Synthetic = isSynthetic,
        AsOfSeq = page.Counts.AsOf.Value,
        Head = page.Counts.Head?.Value,
        BaseFee = page.Counts.BaseFee?.ToString(),
        NextBaseFee = page.Counts.NextBaseFee?.ToString(),
        Waiting = page.Counts.Waiting,
        ByState = States(page.Counts.ByState),
        ByFee = Fees(page.Counts.ByFee),
        Matching = page.Matching,
        Transactions = [.. page.Rows.Select(Of)],
        Next = page.Next is { } next ? MempoolCursor.Write(next, query.Sort, query.Order) : null,
    };

    /// <summary>The name of what a transaction is for, as in the registry.</summary>
    public static string CategoryOf(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static MempoolStatesPart States(IReadOnlyList<int> counts) =>
        new(counts[(int)TxState.Seen], counts[(int)TxState.Pending], counts[(int)TxState.Queued], counts[(int)TxState.Left]);

    private static MempoolFeesPart Fees(IReadOnlyList<int> counts) =>
        new(counts[(int)FeeClass.Next], counts[(int)FeeClass.Near], counts[(int)FeeClass.Below], counts[(int)FeeClass.Unknown]);

    private static MempoolTxPart Of(TxListRow row) => new()
    {
        Hash = row.Hash.ToString(),
        State = row.State.ToString(),
        FirstTime = row.FirstAt.ToRfc3339(),
        Sender = row.Sender?.ToString(),
        Nonce = row.Nonce?.Value,
        MissingNonces = row.MissingNonces,
        Replacement = row.IsReplacement,
        Type = row.Body?.Type.ToString(),
        Fee = JsonNamingPolicy.CamelCase.ConvertName(row.Fee.ToString()),
        Tip = row.Tip?.ToString(),
        MaxFeePerGas = row.Body?.MaxFeePerGas.ToString(),
        MaxPriorityFeePerGas = row.Body?.MaxPriorityFeePerGas.ToString(),
        Call = row.Body?.Call is { } call ? Of(call) : null,
        Flags = RankText.Of(row.Flags),
        Score = row.Score,
        Trigger = row.IsTrigger,
        Sightings = row.Sightings,
        HeardBy = [.. row.HeardBy.Select(static heard => new HeardPart(heard.Name.Length > 0 ? heard.Name : heard.Source.ToString(), heard.Lane, heard.AfterMicros))],
    };

    private static MempoolCallPart Of(TxListCall call) => new()
    {
        To = call.Target?.ToString(),
        Value = call.Value.ToString(),
        GasLimit = call.GasLimit.Value,
        Selector = call.Selector is { } selector ? string.Create(CultureInfo.InvariantCulture, $"0x{selector:x8}") : null,
        Category = CategoryOf(call.Category),
        Protocol = call.Protocol,
        Contract = call.Contract,
        Function = call.Function,
        Trade = call.Trade is { } trade
            ? new MempoolTradePart(trade.TokenIn?.ToString(), trade.AmountIn?.ToString(), trade.MeaningIn, trade.TokenOut?.ToString(), trade.AmountOut?.ToString(), trade.MeaningOut)
            : null,
    };
}
