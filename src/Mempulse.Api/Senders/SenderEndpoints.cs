using System.ComponentModel;
using Mempulse.Api.Chains;
using Mempulse.Api.Problems;
using Mempulse.Client.Senders;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Senders;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Senders;

/// <summary>GET /sender/{address}: one account.</summary>
internal static class SenderEndpoints
{
    public static void MapSenders(this IEndpointRouteBuilder routes) => routes.MapGet("/sender/{address}", FindAsync)
        .WithName("FindSender")
        .WithTags("Senders")
        .WithSummary("An account: next nonce, transactions by nonce, nonce gaps, transactions in the log")
        .WithDescription("The transactions that the fold holds are listed by nonce, with the nonces that are missing between them. 'logged' has the hashes of the first 1,000 of the account in the log.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<SenderResponse>, ProblemHttpResult>> FindAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        [Description("The account: 0x and 40 hex digits.")] string address,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        if (!chains.TryResolve(chain, out var id, out var problem))
        {
            return problem;
        }

        if (!Address.TryParse(address, out var wanted))
        {
            return Problem.BadRequest($"'{address}' is not a valid account: expected 0x and 40 hex digits.");
        }

        return await grains.Sender(id, wanted).Read() is { } sender
            ? TypedResults.Ok(Of(id, chains.IsSynthetic, sender))
            : Problem.NotFound($"The log of chain {id} has no account {wanted}.");
    }

    private static SenderResponse Of(ChainId chain, bool isSynthetic, SenderView sender) => new()
    {
        Chain = chain.ToString(),
        Synthetic = isSynthetic,
        Address = sender.Address.ToString(),
        AsOfSeq = sender.AsOf.Value,
        NextNonce = sender.NextNonce?.Value,
        NonceKnowledge = sender.NonceKnowledge,
        Transactions = [.. sender.Transactions.Select(tx => new SenderTxPart(tx.Nonce.Value, tx.Hash.ToString(), tx.State.ToString()))],
        NonceCount = sender.NonceCount,
        Gaps = [.. sender.Gaps.Select(gap => new NonceGapPart(gap.First.Value, gap.Last.Value))],
        Logged = [.. sender.Recent.Select(hash => hash.ToString())],
    };
}
