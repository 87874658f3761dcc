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
    /// <summary>The layouts that consist of several files.</summary>
    private const string PrestateBlocksName = "blocks with prestate", WitnessBlocksName = "blocks with witness";
    private const string BlockFolder = "blocks/";
    private const string WitnessFile = "/nodes.json";

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
            RunLayout(layout.Key, [.. layout.Select(file => KeyValuePair.Create(file.Key[layout.Key.Length..], file.Value))], report);
        }

        return report;
    }

    private static void RunLayout(string root, List<KeyValuePair<string, byte[]>> files, VectorReport report)
    {
        if (files.Any(file => file.Key.StartsWith(BlockFolder, StringComparison.Ordinal)))
        {
            RunBlocks(root, PrestateBlocksName, files, RunPrestateBlocks, report);
        }
        else if (files.Any(file => file.Key.EndsWith(WitnessFile, StringComparison.Ordinal)))
        {
            RunBlocks(root, WitnessBlocksName, files, RunWitnessBlocks, report);
        }
        else
        {
            // An index.json of another format.
            Run(files.Select(file => KeyValuePair.Create(root + file.Key, file.Value)), report);
        }
    }

    private static void Run(IEnumerable<KeyValuePair<string, byte[]>> files, VectorReport report) =>
        Parallel.ForEach(Partitioner.Create(files, EnumerablePartitionerOptions.NoBuffering), Cores, MakeShapes, (file, _, shapes) =>
        {
            Run(file.Key, file.Value, shapes, report);
            return shapes;
        }, _ => { });

    private static ParallelOptions Cores => new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    private static IReadOnlyList<IVectorShape> MakeShapes() =>
        [new StateTestShape(), new BlockchainTestShape(), new VmTestShape(), new PrecompileShape(), new TraceShape(), new FixtureIndexShape()];

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

            report.Fail($"{path}: unknown format: expected {string.Join(", ", shapes.Select(known => known.Name).Append(PrestateBlocksName).Append(WitnessBlocksName))}.");
        }
        catch (Exception failure) when (failure is JsonException or InvalidDataException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            // The files are user input: a malformed one is a failure like any other and does not stop the run.
            report.Fail($"{path}: cannot be read: {failure.Message}");
        }
    }

    private static void RunBlocks(
        string root, string layout, List<KeyValuePair<string, byte[]>> parts, Action<string, PackedFiles, VectorReport> run, VectorReport report)
    {
        try
        {
            var files = new PackedFiles(parts);
            run(root, files, report);
            foreach (string unlisted in files.Remaining)
            {
                report.Fail($"{root}{unlisted}: the index does not list its block.");
            }
        }
        catch (Exception failure) when (failure is JsonException or IOException or FormatException or KeyNotFoundException or InvalidOperationException or XunitException)
        {
            report.Fail($"{root}: cannot be read as {layout}: {failure.Message}");
        }
    }

    private static void RunPrestateBlocks(string root, PackedFiles files, VectorReport report)
    {
        var run = PrestateBlocks.Run(files);
        Judge(root + BlockFolder, PrestateBlocksName, run.Complete, run.Failures, report);
        for (int i = run.Complete; i < run.Listed; i++)
        {
            report.Skip("blocks whose prestate lacks accounts or code");
        }
    }

    private static void RunWitnessBlocks(string root, PackedFiles files, VectorReport report)
    {
        var run = WitnessBlocks.Run(files);
        Judge(root, WitnessBlocksName, run.Blocks, run.Failures, report);
    }

    /// <summary>A block fails once, however many of its commitments differ; each difference begins with the block's number.</summary>
    private static void Judge(string root, string layout, int blocks, IReadOnlyList<string> failures, VectorReport report)
    {
        report.Pass(layout, blocks - failures.Select(failure => failure.Split(':', '/')[0]).Distinct(StringComparer.Ordinal).Count());
        foreach (string failure in failures)
        {
            report.Fail(root + failure);
        }
    }

    [GeneratedRegex("^(?<root>(.*/)?)(blocks/[0-9]+/(block|pre_state)\\.json|(?<!blocks/)[0-9]+/(block|parent|pre|post|nodes)\\.json|receipts/[0-9]+(\\.prebyz)?\\.json|codes\\.json|block_hashes\\.json|(?<!\\.meta/)index\\.json)$")]
    private static partial Regex PartOfLayout();
}
