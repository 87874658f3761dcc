using System.CommandLine;
using Mempulse.Cli.Logs;
using Mempulse.Cli.Replays;
using Mempulse.Outcomes.Relays;
using Mempulse.Primitives;

namespace Mempulse.Cli.Bundles;

/// <summary><c>mempulse relays DIR</c>: how relays answered up to a position of a log, by their attempts and outcomes alone.</summary>
internal static class RelaysCommand
{
    public static Command Build(CommandContext context)
    {
        var directory = LogArguments.Directory();
        var at = LogArguments.Position("--at", "Their standing after this position; by default after the log's last one.");
        var command = new Command("relays", "List the relays that requests of a log left for: success, latency, breaker and weight.") { directory, at };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var replay = LogOnDisk.ReplayAt(parsed.GetRequiredValue(directory), LogArguments.SeqOf(parsed, at, GlobalSeq.None), out var seq);
            var listing = await context.Progress.RunAsync("Replaying", counter =>
            {
                counter.Total = (long)seq.Value;
                replay.RunTo(seq, cancellationToken);
                var view = replay.Engine.View<IRelayView>();
                return new RelayListing(replay.Engine.Applied, view.Relays(), view.Unfollowed);
            }).ConfigureAwait(false);
            context.Write(parsed, listing.Write, listing.ToJson);
            return ExitCode.Good;
        });
        return command;
    }
}
