using System.ComponentModel;
using Mempulse.Api.Chains;
using Mempulse.Api.Problems;
using Mempulse.Api.Serving;
using Mempulse.Api.Text;
using Mempulse.Client.Decoding;
using Mempulse.Grains.Abstractions;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Decoding;

/// <summary>GET and POST /decode: what a call does, by the registry in force, and by the state where a node has it.</summary>
internal static class DecodeEndpoints
{
    /// <summary>More than the largest calldata takes in hex.</summary>
    private const long MaxBodyBytes = 512 << 10;

    public static void MapDecoding(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/decode", GetAsync)
            .WithName("Decode")
            .WithEntityTag()
            .WithTags("Transactions")
            .WithSummary("What a call, or a transaction in the log, does: a tree of calls with arguments, trades and effects")
            .WithDescription("By the registry in force in the log, or at the height in 'block'. Where a node has the state, calls whose target depends on it are followed, and 'state' says at which block. Words that no entry explains stay in the tree as they are.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapPost("/decode", PostAsync)
            .WithName("DecodeBody")
            .WithTags("Transactions")
            .WithSummary("The same for a call in the body, which may be longer than an address line")
            .WithDescription("By the registry in force in the log, or at the height in 'block'. Where a node has the state, calls whose target depends on it are followed, and 'state' says at which block. Words that no entry explains stay in the tree as they are.")
            .WithMetadata(new BodyLimit(MaxBodyBytes))
            .Accepts<DecodeRequest>("application/json")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        routes.MapGet("/decoders", GetDecodersAsync)
            .WithName("Decoders")
            .WithEntityTag()
            .WithTags("Transactions")
            .WithSummary("How far decoding can be relied on: decoded trades held against the logs of their transactions, by contract, layout and function")
            .WithDescription("A function whose trades disagree with the logs too often drifts: its decoded amounts are then not used. 'notGraded' counts trades whose logs were incomplete.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<DecodersResponse>, ProblemHttpResult>> GetDecodersAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        RegistryCache registries,
        [Description("The chain id; the first one served when absent.")] string? chain) =>
        chains.TryResolve(chain, out var id, out var problem)
            ? TypedResults.Ok(DecodersText.Of(id, await grains.Mempool(id).GetDecoders(), await registries.FindAsync(id)))
            : problem;

    private static async Task<Results<Ok<DecodeResponse>, ProblemHttpResult>> GetAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        RegistryCache registries,
        [Description("The hash of a transaction in the log; nothing else is expected then.")] string? tx,
        [Description("The contract that is called.")] string? to,
        [Description("The calldata in hex; none when absent.")] string? data,
        [Description("The account that calls.")] string? from,
        [Description("The ether that is sent, in wei.")] string? value,
        [Description("The height whose entries of the registry hold; the newest when absent.")] string? block,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        if (!chains.TryResolve(chain, out var id, out var problem))
        {
            return problem;
        }

        if (tx is null)
        {
            return await DecodeAsync(grains, registries, id, new DecodeRequest { To = to, Data = data, From = from, Value = value, Block = block });
        }

        if ((to ?? data ?? from ?? value ?? block) is not null)
        {
            return Problem.BadRequest("'tx' is a whole call: expected no 'to', 'data', 'from', 'value' or 'block' beside it.");
        }

        if (!Hash256.TryParse(tx, out var hash))
        {
            return Problem.BadRequest($"'{Shown.Of(tx)}' is not a valid 'tx': expected 0x and 64 hex digits.");
        }

        return await grains.Tx(id, hash).Read() is not { } found ? Problem.NotFound($"The log of chain {id} has no transaction {hash}.")
            : LoggedCall.Of(id, hash, found) is { } call ? await AnswerAsync(grains, registries, call)
            : Problem.NotFound($"The log of chain {id} has no body of transaction {hash}, only its hash.");
    }

    private static async Task<Results<Ok<DecodeResponse>, ProblemHttpResult>> PostAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        RegistryCache registries,
        HttpRequest request,
        [Description("The chain id; the first one served when absent.")] string? chain,
        CancellationToken cancellationToken)
    {
        if (!chains.TryResolve(chain, out var id, out var problem))
        {
            return problem;
        }

        var (body, unread) = await JsonBody.ReadAsync<DecodeRequest>(request, "with the contract in 'to' and the calldata in 'data'", cancellationToken);
        return body is null ? unread! : await DecodeAsync(grains, registries, id, body);
    }

    private static async Task<Results<Ok<DecodeResponse>, ProblemHttpResult>> DecodeAsync(IGrainFactory grains, RegistryCache registries, ChainId chain, DecodeRequest request) =>
        DecodeText.TryRead(chain, request, out var call, out var problem) ? await AnswerAsync(grains, registries, call) : problem;

    private static async Task<Results<Ok<DecodeResponse>, ProblemHttpResult>> AnswerAsync(IGrainFactory grains, RegistryCache registries, DecodedCall call)
    {
        if (await registries.FindBasisAsync(call.Chain) is not { } basis)
        {
            return Problem.Unavailable($"No registry is in force on chain {call.Chain} yet.");
        }

        var (tree, state) = await StatefulDecode.DecodeAsync(grains.Simulator(call.Chain), call, basis);
        return TypedResults.Ok(new DecodeResponse { Chain = call.Chain.ToString(), Registry = basis.Registry.ContentHash.ToString(), Decode = call.ToJson(basis, tree), State = state });
    }
}
