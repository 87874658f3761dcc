using System.ComponentModel;
using System.Globalization;
using Mempulse.Api.Chains;
using Mempulse.Api.Problems;
using Mempulse.Api.Serving;
using Mempulse.Api.Text;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Replays;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Mempulse.Api.Cases;

/// <summary>GET /cases/{id}: the case file of an id.</summary>
internal static class CaseEndpoints
{
    private const string Bytes = "application/octet-stream";

    public static void MapCases(this IEndpointRouteBuilder routes) => routes.MapGet("/cases/{id}", FindAsync)
        .WithName("ExportCase")
        .WithEntityTag()
        .WithTags("Cases")
        .WithSummary("The case file of a bundle, an opportunity, a simulation or a transaction: everything from which its results follow")
        .WithDescription("The bytes are those that 'mempulse case export' writes for the same position of the log; 'mempulse case verify' reproduces the results from them alone. Signed transactions that can still be executed are left out. "
            + "A file that takes longer than a few seconds to make is answered with 503 until it is made; repeat the same request. A chain makes one at a time. 409 says which content is no longer stored, or that the file would be too large.")
        .Produces<FileContentHttpResult>(StatusCodes.Status200OK, Bytes)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FindAsync(
        IGrainFactory grains,
        ChainDirectory chains,
        [Description("The id of a bundle, an opportunity or a simulation, or a transaction's hash: 0x and 64 hex digits.")] string id,
        [Description("The position of the log that the case holds for; the end of the log when 0 or absent.")] string? at,
        [Description("The chain id; the first one served when absent.")] string? chain)
    {
        if (!chains.TryResolve(chain, out var served, out var problem) || !QueryNumber.TrySeq(at, "at", GlobalSeq.None, out var seq, out problem))
        {
            return problem;
        }

        if (!Hash256.TryParse(id, out var wanted))
        {
            return Problem.BadRequest($"'{id}' is not a valid id: expected 0x and 64 hex digits.");
        }

        var answer = await grains.Replays(served).ExportCase(wanted, seq);
        return answer switch
        {
            { Outcome: ReplayOutcome.OutOfRange } => Problem.BadRequest($"'{seq}' is not a valid 'at'. {answer.Detail}"),
            { Outcome: not ReplayOutcome.Done } => Problem.Unavailable(answer.Detail),
            { IsKnown: false } => Problem.NotFound(answer.Detail),
            { File.IsEmpty: true } => Problem.Conflict("There is no case.", answer.Detail),
            _ => TypedResults.Bytes(answer.File, Bytes, string.Create(CultureInfo.InvariantCulture, $"{wanted}-{answer.AsOf.Value}.mpcase")),
        };
    }
}
