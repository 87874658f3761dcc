using System.CommandLine;
using Mempulse.Cli.Logs;
using Mempulse.Cli.Replays;
using Mempulse.Outcomes.Bundles;
using Mempulse.Outcomes.Histories;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Cli.Bundles;

/// <summary><c>mempulse bundles DIR</c>: the bundles that a log holds at a position, the newest first, with what became of each.</summary>
internal static class BundlesCommand
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;

    private static readonly SortedDictionary<string, BundleVerdict> s_verdicts = new(Enum.GetValues<BundleVerdict>().ToDictionary(VerdictName.Of), StringComparer.Ordinal);

    public static Command Build(CommandContext context)
    {
        var directory = LogArguments.Directory();
        var at = LogArguments.Position("--at", "List those after this position; by default after the log's last one.");
        var verdict = new Option<string?>("--verdict") { Description = $"Only those with a verdict: {string.Join(", ", s_verdicts.Keys)}." };
        var limit = new Option<int>("--limit") { Description = $"How many at most, 1 to {MaxLimit}.", DefaultValueFactory = static _ => DefaultLimit };
        var command = new Command("bundles", "List the bundles that a log holds, the newest first, with what became of each.") { directory, at, verdict, limit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            BundleVerdict? wanted = parsed.GetValue(verdict) is { } text ? VerdictOf(text) : null;
            int most = LimitOf(parsed.GetValue(limit));
            using var replay = LogOnDisk.ReplayAt(parsed.GetRequiredValue(directory), LogArguments.SeqOf(parsed, at, GlobalSeq.None), out var seq);
            var listing = await context.Progress.RunAsync("Replaying", counter =>
            {
                counter.Total = (long)seq.Value;
                replay.RunTo(seq, cancellationToken);
                var view = replay.Engine.View<IBundleView>();
                var found = view.Latest(int.MaxValue).Where(bundle => wanted is null || wanted == BundleListing.VerdictOf(bundle)).Take(most);
                return new BundleListing(replay.Engine.Applied, view.Counts, [.. found]);
            }).ConfigureAwait(false);
            context.Write(parsed, listing.Write, listing.ToJson);
            return ExitCode.Good;
        });
        return command;
    }

    private static BundleVerdict VerdictOf(string text) => s_verdicts.TryGetValue(text, out var verdict)
        ? verdict
        : throw new UsageException($"'{text}' is not a valid --verdict: expected one of {string.Join(", ", s_verdicts.Keys)}.");

    private static int LimitOf(int limit) => limit is >= 1 and <= MaxLimit
        ? limit
        : throw new UsageException($"'{limit}' is not a valid --limit: expected 1 to {MaxLimit}.");
}
