using System.CommandLine;
using System.Globalization;
using Mempulse.Canon;
using Mempulse.Cli.Logs;
using Mempulse.Cli.Replays;
using Mempulse.Folding.Replays;
using Mempulse.Primitives;

namespace Mempulse.Cli.Audits;

/// <summary><c>mempulse audit BLOCK</c>: a block of a log held against the pool, derived from the log.</summary>
internal static class AuditCommand
{
    private const string Head = "head";

    public static Command Build(CommandContext context)
    {
        var block = new Argument<string>("BLOCK") { Description = "The height or the hash of the block, or 'head'." };
        var directory = new Option<string>("--data") { Description = "The log's directory, or the node's data directory if it has one log.", Required = true };
        var command = new Command("audit", "Hold a block against the pool: what of it was public, and what expected transactions it does not have. Folds the log from the checkpoint before the block.") { block, directory };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string text = parsed.GetRequiredValue(block);
            var (number, hash) = Read(text);
            string path = LogPlace.Find(parsed.GetRequiredValue(directory));
            var reader = LogDirectory.OpenRead(path);
            var chain = LogDirectory.ChainOf(path);
            var audits = new AuditReplay(reader, LogOnDisk.Checkpoints(path, chain));
            var reading = await context.Progress.RunAsync("Replaying", counter =>
            {
                counter.Total = (long)reader.Watermark.Value;
                return audits.Run(hash, number, ulong.MaxValue, cancellationToken);
            }).ConfigureAwait(false);
            if (reading.Audit is not { } audit)
            {
                throw new UsageException(WhyNot(text, path, reading));
            }

            context.Write(parsed, output => AuditReport.Write(audit, reading, output), () => AuditReport.ToJson(chain, audit, reading, reader));
            return ExitCode.Good;
        });
        return command;
    }

    private static (BlockNumber? Number, Hash256? Hash) Read(string text) =>
        text == Head ? (null, null)
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong height) ? (new BlockNumber(height), null)
        : Hash256.TryParse(text, out var hash) ? (null, hash)
        : throw new UsageException($"'{text}' is not a valid block: expected a height, 0x and 64 hex digits, or '{Head}'.");

    private static string WhyNot(string block, string directory, AuditReading reading) => reading switch
    {
        { Problem: { } problem } => problem,
        { SeenIn.Value: > 0 } => $"The fold did not accept block {block} (event {reading.SeenIn}), so it has no audit.",
        { Before: { } before, After: { } after } => $"The log in '{directory}' has no record of block {block}: it goes from block {before} to block {after}.",
        _ => $"The log in '{directory}' has no record of block {block}.",
    };
}
