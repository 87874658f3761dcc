using System.CommandLine;
using Mempulse.Cli.Logs;
using Mempulse.Cli.Replays;
using Mempulse.Features.Scoring;
using Mempulse.Folding.Replays;
using Mempulse.Primitives;

namespace Mempulse.Cli.Ranking;

/// <summary><c>mempulse explain DIR TX [OTHER]</c>: a transaction's risks and score from a log, and why it ranks above or below another one.</summary>
internal static class ExplainCommand
{
    public static Command Build(CommandContext context)
    {
        var directory = LogArguments.Directory();
        var tx = new Argument<string>("TX") { Description = "The transaction's hash: 0x and 64 hex digits." };
        var other = new Argument<string?>("OTHER") { Description = "Another transaction, to compare with.", Arity = ArgumentArity.ZeroOrOne };
        var at = LogArguments.Position("--at", "Explain the state after this position; by default after the log's last one.");
        var profile = new Option<string>("--profile") { Description = "How transactions are scored: expected-value or parity.", DefaultValueFactory = static _ => RankProfile.Default.Id };
        var command = new Command("explain", "Explain a transaction's risks and score from a log, and its rank against another one.") { directory, tx, other, at, profile };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var wanted = Hash(parsed.GetRequiredValue(tx));
            Hash256? compared = parsed.GetValue(other) is { } text ? Hash(text) : null;
            var scoring = Profile(parsed.GetRequiredValue(profile));
            var last = LogArguments.SeqOf(parsed, at, GlobalSeq.None);
            using var replay = LogOnDisk.Replay(parsed.GetRequiredValue(directory), last);
            var seq = last == GlobalSeq.None ? replay.Reader.Watermark : last;
            if (seq > replay.Reader.Watermark || seq < replay.Start)
            {
                throw new UsageException($"'{seq}' is not a valid --at: expected {Math.Max(replay.Start.Value, 1)} to the log's last position, {replay.Reader.Watermark}.");
            }

            var explanation = await context.Progress.RunAsync("Replaying", counter =>
            {
                counter.Total = (long)seq.Value;
                replay.RunTo(seq, cancellationToken);
                return Explain(replay, scoring, wanted, compared);
            }).ConfigureAwait(false);
            context.Write(parsed, explanation.Write, explanation.ToJson);
            return ExitCode.Good;
        });
        return command;
    }

    private static Explanation Explain(LogReplay replay, RankProfile profile, in Hash256 tx, Hash256? other)
    {
        var views = FoldViews.Of(replay.Engine);
        return new Explanation(replay.Engine.Applied, profile, Appraisal.Of(views, profile, tx) ?? throw NotHeld(tx, replay), other is { } hash ? Appraisal.Of(views, profile, hash) ?? throw NotHeld(hash, replay) : null);
    }

    private static UsageException NotHeld(in Hash256 tx, LogReplay replay) =>
        new($"The transaction {tx} is not held at seq {replay.Engine.Applied}: its body did not come before, no registry was in force, or it was settled too long ago. Give another position with --at.");

    private static Hash256 Hash(string text) =>
        Hash256.TryParse(text, out var hash) ? hash : throw new UsageException($"'{text}' is not a valid transaction hash: expected 0x and 64 hex digits.");

    private static RankProfile Profile(string id) => RankProfile.Find(id)
        ?? throw new UsageException($"'{id}' is not a valid --profile: expected one of {string.Join(", ", RankProfile.All.Select(static profile => profile.Id))}.");
}
