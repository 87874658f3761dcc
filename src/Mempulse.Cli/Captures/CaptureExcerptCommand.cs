using System.CommandLine;
using System.Text.Json.Nodes;
using Mempulse.ChainState.Recorded;
using Mempulse.Cli.Captures.Making;
using Mempulse.Primitives;

namespace Mempulse.Cli.Captures;

/// <summary><c>mempulse capture excerpt</c>: a capture of single real blocks, and the states that they were built on.</summary>
internal static class CaptureExcerptCommand
{
    private const ulong DefaultSeed = 19_932_148;
    private const int MaxBlocks = 64;
    private const string PartSuffix = ".part";

    public static Command Build(CommandContext context)
    {
        var blocks = new Option<string>("--blocks") { Description = "Blocks with prestates, codes and receipts: a .tar.zst or a directory.", Required = true };
        var numbers = new Option<ulong[]>("--numbers") { Description = "Heights of the blocks.", Required = true, AllowMultipleArgumentsPerToken = true };
        var output = new Option<string>("--out") { Description = "The capture to write; its states are written beside it, as .mps.", Required = true };
        var nextBlocks = new Option<string?>("--next-blocks") { Description = "Where the block is that is played next: a .tar.zst or a directory." };
        var next = new Option<ulong?>("--next") { Description = "Height of that block; the capture ends with the head before it." };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the synthetic parts; the same seed gives the same bytes.", DefaultValueFactory = _ => DefaultSeed };
        var title = new Option<string>("--title") { Description = "Title of the capture.", DefaultValueFactory = _ => "mainnet-swaps" };
        var provenance = new Option<string>("--provenance") { Description = "Source and licence of the blocks.", DefaultValueFactory = _ => string.Empty };
        var command = new Command("excerpt", "Make a capture from single real blocks, with the states that they were built on and synthetic arrival times.")
        {
            blocks, numbers, output, nextBlocks, next, seed, title, provenance,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string path = parsed.GetRequiredValue(output);
            ulong[] wanted = HeightsOf(parsed.GetRequiredValue(numbers));
            if ((parsed.GetValue(next) is null) != (parsed.GetValue(nextBlocks) is null))
            {
                throw new UsageException("Cannot use one of --next and --next-blocks alone. Give both or none.");
            }

            var excerpt = new Excerpt(path, parsed.GetValue(title) ?? string.Empty, parsed.GetValue(provenance) ?? string.Empty, parsed.GetValue(seed));
            await context.Progress.RunAsync("Making the capture", _ =>
            {
                var read = new ExcerptReader(wanted).Read(parsed.GetRequiredValue(blocks), cancellationToken);
                var following = parsed.GetValue(next) is { } height ? new RealBlockReader(height, height).Read(parsed.GetValue(nextBlocks)!, cancellationToken)[0] : null;
                excerpt.Write(read, following);
                return read.Count;
            }).ConfigureAwait(false);
            var (size, stateSize) = (new FileInfo(path).Length, new FileInfo(excerpt.StatePath).Length);
            context.Write(
                parsed,
                text => text.WriteLine($"{path}: {wanted.Length} blocks, {size} bytes; {excerpt.StatePath}: {stateSize} bytes"),
                () => new JsonObject { ["path"] = path, ["blocks"] = wanted.Length, ["bytes"] = size, ["states"] = excerpt.StatePath, ["stateBytes"] = stateSize });
            return ExitCode.Good;
        });
        return command;
    }

    private static ulong[] HeightsOf(ulong[] given)
    {
        ulong[] heights = [.. given.Distinct().Order()];
        return heights.Length <= MaxBlocks && heights[0] > 0
            ? heights
            : throw new UsageException($"'{string.Join(' ', heights)}' are not valid heights: expected at most {MaxBlocks}, each above 0.");
    }

    /// <summary>The two files. An interrupted run leaves no half of one under its name.</summary>
    private sealed record Excerpt(string Path, string Title, string Provenance, ulong Seed)
    {
        public string StatePath => System.IO.Path.ChangeExtension(Path, RecordedStateFile.Extension);

        public void Write(IReadOnlyList<ExcerptBlock> blocks, RealBlock? next)
        {
            using (var states = File.Create(StatePath + PartSuffix))
            {
                RecordedStateFile.Write(states, new RecordedStates(new ChainId(1), Title, Provenance, [.. blocks.Select(static block => block.State)]));
            }

            using (var capture = File.Create(Path + PartSuffix))
            {
                new ExcerptMaker(blocks, Seed).Write(capture, Title, Provenance, next?.Observed);
            }

            File.Move(StatePath + PartSuffix, StatePath, overwrite: true);
            File.Move(Path + PartSuffix, Path, overwrite: true);
        }
    }
}
