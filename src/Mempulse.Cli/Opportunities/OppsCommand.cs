using System.CommandLine;
using Mempulse.Cli.Logs;
using Mempulse.Cli.Replays;
using Mempulse.Features.Opportunities;
using Mempulse.Primitives;

namespace Mempulse.Cli.Opportunities;

/// <summary><c>mempulse opps DIR</c>: the opportunities that a log holds at a position, the best first.</summary>
internal static class OppsCommand
{
    private const int DefaultLimit = 100;

    public static Command Build(CommandContext context)
    {
        var directory = LogArguments.Directory();
        var at = LogArguments.Position("--at", "List those after this position; by default after the log's last one.");
        var status = new Option<string?>("--status") { Description = "Only open, invalidated or expired ones." };
        var strategy = new Option<string?>("--strategy") { Description = "Only those of a strategy." };
        var minScore = new Option<long?>("--min-score") { Description = "Only those with this score or more." };
        var limit = new Option<int>("--limit") { Description = $"How many at most, 1 to {OpportunityQuery.MaxLimit}.", DefaultValueFactory = static _ => DefaultLimit };
        var command = new Command("opps", "List the opportunities that a log holds, the best first.") { directory, at, status, strategy, minScore, limit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var query = new OpportunityQuery
            {
                Status = parsed.GetValue(status) is { } text ? StatusOf(text) : null,
                Strategy = parsed.GetValue(strategy),
                MinScore = parsed.GetValue(minScore),
                Limit = LimitOf(parsed.GetValue(limit)),
            };
            using var replay = LogOnDisk.ReplayAt(parsed.GetRequiredValue(directory), LogArguments.SeqOf(parsed, at, GlobalSeq.None), out var seq);
            var listing = await context.Progress.RunAsync("Replaying", counter =>
            {
                counter.Total = (long)seq.Value;
                replay.RunTo(seq, cancellationToken);
                var view = replay.Engine.View<IOpportunityView>();
                return new OppListing(replay.Engine.Applied, view.Strategies, view.Counts, view.List(query));
            }).ConfigureAwait(false);
            context.Write(parsed, listing.Write, listing.ToJson);
            return ExitCode.Good;
        });
        return command;
    }

    private static OppStatus StatusOf(string text) => text switch
    {
        "open" => OppStatus.Open,
        "invalidated" => OppStatus.Invalidated,
        "expired" => OppStatus.Expired,
        _ => throw new UsageException($"'{text}' is not a valid --status: expected open, invalidated or expired."),
    };

    private static int LimitOf(int limit) => limit is >= 1 and <= OpportunityQuery.MaxLimit
        ? limit
        : throw new UsageException($"'{limit}' is not a valid --limit: expected 1 to {OpportunityQuery.MaxLimit}.");
}
