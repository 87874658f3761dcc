using System.ComponentModel;
using Mempulse.Api.Chains;
using Mempulse.Client.Listing;
using Mempulse.Grains.Abstractions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Listing;

/// <summary>GET /mempool: the waiting transactions.</summary>
internal static class MempoolEndpoints
{
    public static void MapMempool(this IEndpointRouteBuilder routes) => routes.MapGet("/mempool", ListAsync)
        .WithName("ListMempool")
        .WithTags("Transactions")
        .WithSummary("The waiting transactions, filtered and sorted: what each does, its fees, risks and score, and which sources announced it")
        .WithDescription("For the next page, pass the value of next as cursor with the same filters. Pages stay right while the pool changes: a transaction whose sorted value does not change is on exactly one page. "
            + "The answer is of a list that is at most a moment old and serves all readers; asOfSeq says how old. A transaction without a value in the sorted column comes last in both orders.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<MempoolResponse>, ProblemHttpResult>> ListAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        [Description("States separated by commas, of seen, pending, queued and left; all when absent.")] string? state,
        [Description("Classes of fees separated by commas: next (at least the next base fee), near (within 12.5 % below it), below, and unknown; all when absent.")] string? fee,
        [Description("What transactions are for, separated by commas, such as swap,liquidation; all when absent.")] string? category,
        [Description("The name of a protocol, such as uniswap-v3; all when absent.")] string? protocol,
        [Description("Risks separated by commas, such as no_deadline,high_slippage: only transactions with all of them.")] string? flags,
        [Description("The name or id of a source: only transactions that it announced.")] string? source,
        [Description("The sender: 0x and 40 hex digits.")] string? sender,
        [Description("1 to 80 characters that the hash, the accounts, or the names of the protocol, contract, function or category contain.")] string? text,
        [FromQuery(Name = "min_tip"), Description("The least tip per gas at the next base fee, in wei.")] string? minTip,
        [FromQuery(Name = "max_tip"), Description("The largest tip per gas at the next base fee, in wei.")] string? maxTip,
        [FromQuery(Name = "min_fee"), Description("The least cap on the fee per gas, in wei.")] string? minFee,
        [FromQuery(Name = "max_fee"), Description("The largest cap on the fee per gas, in wei.")] string? maxFee,
        [Description("score, age, tip, max_fee, nonce or heard_by; score when absent.")] string? sort,
        [Description("desc or asc; desc when absent.")] string? order,
        [Description("The value of next of the page before; the first page when absent.")] string? cursor,
        [Description("Number of transactions, from 1 to 500; 100 when absent.")] string? limit,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        var asked = new MempoolQuery
        {
            State = state,
            Fee = fee,
            Category = category,
            Protocol = protocol,
            Flags = flags,
            Source = source,
            Sender = sender,
            Text = text,
            MinTip = minTip,
            MaxTip = maxTip,
            MinFee = minFee,
            MaxFee = maxFee,
            Sort = sort,
            Order = order,
            Cursor = cursor,
            Limit = limit,
        };
        return chains.TryResolve(chain, out var id, out var problem) && asked.TryRead(out var query, out problem)
            ? TypedResults.Ok(MempoolText.Of(id, chains.IsSynthetic, query, await grains.Mempool(id).ListTxs(query)))
            : problem;
    }
}
