using System.CommandLine;
using System.Text.Json.Nodes;
using Mempulse.Cli.Captures.Making;

namespace Mempulse.Cli.Captures;

/// <summary><c>mempulse capture make</c>: a capture with synthetic arrival times from real blocks.</summary>
internal static class CaptureMakeCommand
{
    private const ulong DefaultSeed = 22_431_080;
    private const ulong DefaultFirst = 22_431_080;
    private const ulong DefaultLast = 22_431_090;
    private const int LeastBlocks = 4;
    private const string PartSuffix = ".part";

    public static Command Build(CommandContext context)
    {
        var blocks = new Option<string>("--blocks") { Description = "Blocks with bodies, as eth_getBlockByNumber returns them: a .tar.zst or a directory of .json files.", Required = true };
        var output = new Option<string>("--out") { Description = "The file to write.", Required = true };
        var first = new Option<ulong>("--first") { Description = "Height of the first block.", DefaultValueFactory = _ => DefaultFirst };
        var last = new Option<ulong>("--last") { Description = "Height of the last block; a synthetic fork delays the last two.", DefaultValueFactory = _ => DefaultLast };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the synthetic parts; the same seed gives the same bytes.", DefaultValueFactory = _ => DefaultSeed };
        var title = new Option<string>("--title") { Description = "Title of the capture.", DefaultValueFactory = _ => "mainnet-pectra" };
        var provenance = new Option<string>("--provenance") { Description = "Source and licence of the blocks.", DefaultValueFactory = _ => string.Empty };
        var command = new Command("make", "Make a capture from consecutive real blocks, with synthetic arrival times.") { blocks, output, first, last, seed, title, provenance };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string path = parsed.GetRequiredValue(output);
            ulong from = parsed.GetValue(first);
            ulong to = parsed.GetValue(last);
            if (to < from || to - from + 1 < LeastBlocks)
            {
                throw new UsageException($"'{from} to {to}' is not a valid range of blocks: expected at least {LeastBlocks}.");
            }

            int count = await context.Progress.RunAsync("Making the capture", _ =>
            {
                var read = new RealBlockReader(from, to).Read(parsed.GetRequiredValue(blocks), cancellationToken);
                using (var stream = File.Create(path + PartSuffix))
                {
                    new CaptureMaker(read, parsed.GetValue(seed)).Write(stream, parsed.GetValue(title) ?? string.Empty, parsed.GetValue(provenance) ?? string.Empty);
                }

                File.Move(path + PartSuffix, path, overwrite: true); // an interrupted run leaves no half of a capture under its name
                return read.Count;
            }).ConfigureAwait(false);
            long size = new FileInfo(path).Length;
            context.Write(
                parsed,
                text => text.WriteLine($"{path}: {count} blocks, {size} bytes"),
                () => new JsonObject { ["path"] = path, ["blocks"] = count, ["bytes"] = size });
            return ExitCode.Good;
        });
        return command;
    }
}
