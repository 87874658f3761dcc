using System.CommandLine;
using Mempulse.Cases;
using Mempulse.Cli.Logs;
using Mempulse.Cli.Replays;
using Mempulse.Primitives;

namespace Mempulse.Cli.Reasons;

/// <summary><c>mempulse why ID --data DIR</c>: why a bundle or a transaction is not in a block, or what became of it, from a log alone.</summary>
internal static class WhyCommand
{
    public static Command Build(CommandContext context)
    {
        var id = new Argument<string>("ID") { Description = "The id of a bundle, or a transaction's hash: 0x and 64 hex digits." };
        var directory = new Option<string>("--data") { Description = "The log's directory, or the node's data directory if it has one log.", Required = true };
        var at = LogArguments.Position("--at", "Answer for this position; by default for the log's last one.");
        var command = new Command("why", "Say why a bundle or a transaction is not in a block, or what became of it, with the evidence of each reason.") { id, directory, at };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string text = parsed.GetRequiredValue(id);
            if (!Hash256.TryParse(text, out var wanted))
            {
                throw new UsageException($"'{text}' is not a valid id: expected 0x and 64 hex digits.");
            }

            string path = LogPlace.Find(parsed.GetRequiredValue(directory));
            using var replay = LogOnDisk.ReplayAt(path, LogArguments.SeqOf(parsed, at, GlobalSeq.None), out var seq);
            var answer = await context.Progress.RunAsync("Replaying", counter =>
            {
                counter.Total = (long)seq.Value;
                replay.RunTo(seq, cancellationToken);
                return WhySubjects.Explain(replay, wanted);
            }).ConfigureAwait(false);
            context.Write(parsed, output => WhyReport.Write(answer, output), () => WhyJson.ToJson(answer));
            return ExitCode.Good;
        });
        return command;
    }
}
