using System.ComponentModel;
using Mempulse.Api.Chains;
using Mempulse.Api.Decoding;
using Mempulse.Api.Problems;
using Mempulse.Api.Serving;
using Mempulse.Client.Simulations;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Simulations;

/// <summary>POST /simulate: simulates a bundle. GET /sim/{id}: any recorded simulation.</summary>
internal static class SimulationEndpoints
{
    /// <summary>More than the largest bundle and its state overrides take in hex.</summary>
    private const long MaxBodyBytes = 8L << 20;

    private const string StepLines = "application/x-ndjson";

    public static void MapSimulations(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/simulate", SimulateAsync)
            .WithName("Simulate")
            .WithTags("Simulations")
            .WithSummary("Simulates a bundle at the start of the block after a base block, and records it")
            .WithDescription("The block environment is derived from the base block alone. The state is proven against its state root when the node serves "
                + "proofs; 'verified' states it. A failed bundle is a normal answer: see 'outcome'.")
            .WithMetadata(new BodyLimit(MaxBodyBytes))
            .RequireAuthorization(KeySetup.Operate)
            .Accepts<SimulateRequest>("application/json")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        routes.MapGet("/sim/{id}", FindAsync)
            .WithName("FindSimulation")
            .WithEntityTag()
            .WithTags("Simulations")
            .WithSummary("A simulation: outcome, standing of its base block, trace, and the command that executes it again")
            .WithDescription("The outcome never changes; the standing of the base block does while a reorg can undo it. 'rerun' is the command that executes the simulation again from its witness, without a node.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/sim/{id}/steps", FindStepsAsync)
            .WithName("FindSimulationSteps")
            .WithEntityTag()
            .WithTags("Simulations")
            .WithSummary("Every instruction of a simulation, if stored: JSON lines in the format of EIP-3155")
            .WithDescription("Steps are stored for simulations that fail and for a sample of the others; 404 says why there are none.")
            .Produces<string>(StatusCodes.Status200OK, StepLines)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<SimResponse>, ProblemHttpResult>> SimulateAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        RegistryCache registries,
        HttpRequest request,
        [Description("The chain id; the first one served when absent.")] string? chain,
        [Description("'false' omits the trace.")] string? trace,
        CancellationToken cancellationToken)
    {
        if (!chains.TryResolve(chain, out var id, out var problem) || !TryReadFlag(trace, out bool hasTrace, out problem))
        {
            return problem;
        }

        var (body, unread) = await JsonBody.ReadAsync<SimulateRequest>(request, "with the transactions in 'txs'", cancellationToken);
        if (body is null)
        {
            return unread!;
        }

        if (!SimQueryText.TryRead(body, out var query, out problem))
        {
            return problem;
        }

        var answer = await grains.Simulator(id).Simulate(query);
        return answer switch
        {
            { Kind: SimAnswerKind.Recorded, Sim: { } sim } => TypedResults.Ok(SimText.Of(id, sim, hasTrace, await registries.FindAsync(id)) with
            {
                Results = [.. answer.Transactions.Select(SimText.Of)],
                TokenDeltas = [.. answer.TokenDeltas.Select(SimText.Of)],
            }),
            { Kind: SimAnswerKind.BadRequest } => Problem.BadRequest(answer.Detail),
            { Kind: SimAnswerKind.UnknownBlock } => Problem.NotFound(answer.Detail),
            _ => Problem.Unavailable(answer.Detail),
        };
    }

    private static async Task<Results<Ok<SimResponse>, ProblemHttpResult>> FindAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        RegistryCache registries,
        [Description("The simulation's id: 0x and 64 hex digits.")] string id,
        [Description("The chain id; the first one served when absent.")] string? chain,
        [Description("'false' omits the trace.")] string? trace)
    {
        if (!chains.TryResolve(chain, out var served, out var problem) || !TryReadFlag(trace, out bool hasTrace, out problem) || !TryReadId(id, out var wanted, out problem))
        {
            return problem;
        }

        return await grains.SimLedger(served).Find(wanted) is { } sim ? TypedResults.Ok(SimText.Of(served, sim, hasTrace, await registries.FindAsync(served))) : Unknown(served, wanted);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FindStepsAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        [Description("The simulation's id: 0x and 64 hex digits.")] string id,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        if (!chains.TryResolve(chain, out var served, out var problem) || !TryReadId(id, out var wanted, out problem))
        {
            return problem;
        }

        return await grains.SimLedger(served).FindSteps(wanted) switch
        {
            null => Unknown(served, wanted),
            { Lines: { } lines } => TypedResults.Bytes(lines, StepLines),
            var none => Problem.NotFound(none.Problem),
        };
    }

    private static ProblemHttpResult Unknown(ChainId chain, in Hash256 sim) => Problem.NotFound($"The log of chain {chain} has no simulation {sim}.");

    private static bool TryReadId(string text, out Hash256 id, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        problem = Hash256.TryParse(text, out id) ? null : Problem.BadRequest($"'{text}' is not a valid simulation id: expected 0x and 64 hex digits.");
        return problem is null;
    }

    private static bool TryReadFlag(string? text, out bool flag, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        flag = text is null or "true";
        problem = text is null or "true" or "false" ? null : Problem.BadRequest($"'{text}' is not a valid 'trace': expected true or false.");
        return problem is null;
    }
}
