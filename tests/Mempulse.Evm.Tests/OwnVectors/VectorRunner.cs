using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mempulse.Evm.Tests.Mainnet;
using Mempulse.Evm.Tests.Vectors;
using Xunit.Sdk;

namespace Mempulse.Evm.Tests.OwnVectors;

/// <summary>Runs vector files by their format, on all cores.</summary>
internal static partial class VectorRunner
{
    /// <summary>The layout of blocks with prestate, which consists of several files.</summary>
    private const string Blocks = "blocks with prestate";
    private const string BlockFolder = "blocks/";

    /// <summary>Names of documentation files, which are ignored.</summary>
    private static readonly string[] Texts = [".md", ".txt", "LICENSE", "NOTICE"];

    /// <summary>Runs every file; a file of an unknown format fails.</summary>
    public static VectorReport Run(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        var report = new VectorReport();
        var layouts = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        Run(files.Where(file =>
        {
            bool isPart = PartOfLayout().IsMatch(file.Key);
            if (isPart)
            {
                layouts[file.Key] = file.Value;
            }

            return !isPart && !Texts.Any(text => file.Key.EndsWith(text, StringComparison.Ordinal));
        }), report);
        var byRoot = layouts.GroupBy(file => PartOfLayout().Match(file.Key).Groups["root"].Value).OrderBy(layout => layout.Key, StringComparer.Ordinal);
        foreach (var layout in byRoot)
        {
            if (!layout.Any(file => file.Key.StartsWith(layout.Key + BlockFolder, StringComparison.Ordinal)))
            {
                // An index.json of another format.
                Run(layout, report);
                continue;
            }

            RunBlocks(layout.Key, new PackedFiles(layout.Select(file => KeyValuePair.Create(file.Key[layout.Key.Length..], file.Value))), report);
        }

        return report;
    }

    private static void Run(IEnumerable<KeyValuePair<string, byte[]>> files, VectorReport report) =>
        Parallel.ForEach(Partitioner.Create(files, EnumerablePartitionerOptions.NoBuffering), Cores, MakeShapes, (file, _, shapes) =>
        {
            Run(file.Key, file.Value, shapes, report);
            return shapes;
        }, _ => { });

    private static ParallelOptions Cores => new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    private static IReadOnlyList<IVectorShape> MakeShapes() =>
        [new StateTestShape(), new BlockchainTestShape(), new PrecompileShape(), new TraceShape(), new FixtureIndexShape()];

    private static void Run(string path, byte[] content, IReadOnlyList<IVectorShape> shapes, VectorReport report)
    {
        try
        {
            var root = JsonSerializer.Deserialize<JsonElement>(content);
            if (shapes.FirstOrDefault(shape => shape.Accepts(root)) is { } shape)
            {
                shape.Run(path, root, report);
                return;
            }

            report.Fail($"{path}: unknown format: expected {string.Join(", ", shapes.Select(known => known.Name).Append(Blocks))}.");
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            // The files are user input: a malformed one is a failure like any other and does not stop the run.
            report.Fail($"{path}: cannot be read: {failure.Message}");
        }
    }

    private static void RunBlocks(string root, PackedFiles files, VectorReport report)
    {
        try
        {
            var run = PrestateBlocks.Run(files);
            report.Pass(Blocks, run.Complete - run.Failures.Count);
            foreach (string failure in run.Failures)
            {
                report.Fail($"{root}blocks/{failure}");
            }

            for (int i = run.Complete; i < run.Listed; i++)
            {
                report.Skip("blocks whose prestate lacks accounts or code");
            }

            foreach (string unlisted in files.Remaining)
            {
                report.Fail($"{root}{unlisted}: the index does not list its block.");
            }
        }
        catch (Exception failure) when (failure is JsonException or IOException or FormatException or KeyNotFoundException or InvalidOperationException or XunitException)
        {
            report.Fail($"{root}: cannot be read as {Blocks}: {failure.Message}");
        }
    }

    [GeneratedRegex("^(?<root>(.*/)?)(blocks/[0-9]+/(block|pre_state)\\.json|receipts/[0-9]+(\\.prebyz)?\\.json|codes\\.json|block_hashes\\.json|(?<!\\.meta/)index\\.json)$")]
    private static partial Regex PartOfLayout();
}
