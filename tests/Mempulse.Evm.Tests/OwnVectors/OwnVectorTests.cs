using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using ZstdSharp;

namespace Mempulse.Evm.Tests.OwnVectors;

/// <summary>
/// Runs user-supplied vectors: MEMPULSE_EVM_VECTORS names a folder or a .tar.zst archive whose files are run by their format. Without the variable the
/// test runs a sample of each format.
/// </summary>
public sealed class OwnVectorTests
{
    private const string Variable = "MEMPULSE_EVM_VECTORS";
    private const int ReportedFailures = 40;

    [Fact]
    public void User_supplied_vectors_pass()
    {
        string? path = Environment.GetEnvironmentVariable(Variable);
        var report = VectorRunner.Run(path is { Length: > 0 } ? VectorSource.Read(path) : SampleVectors.All());

        Print(report, Console.Out);
        Assert.True(report.Failures.Count == 0, string.Join('\n', report.Failures.Take(ReportedFailures)));
        Assert.NotEmpty(report.Passed);
    }

    [Fact]
    public void Every_count_is_printed_with_the_prefix_that_the_test_script_passes_on()
    {
        var report = new VectorReport();
        report.Pass("entries", 2);
        report.Skip("reason");
        report.Fail("failure");

        using var printed = new StringWriter { NewLine = "\n" };
        Print(report, printed);

        Assert.Equal("vectors: 2 passed: entries\nvectors: 1 skipped: reason\nvectors: 1 failed\n", printed.ToString());
    }

    [Fact]
    public void A_sample_of_each_format_passes()
    {
        var report = VectorRunner.Run(SampleVectors.All());

        Assert.Empty(report.Failures);
        Assert.Empty(report.Skipped);
        Assert.Equal(
        [
            "VM tests 1",
            "blockchain tests, OsakaToBPO1AtTime510 1",
            "blocks of blockchain tests, executed 3",
            "blocks of blockchain tests, refused as expected 1",
            "blocks with prestate 1",
            "blocks with witness 1",
            "precompile vectors 5",
            "state test entries, Berlin 1",
            "state test entries, Cancun 1",
            "state test entries, London 1",
            "state test entries, Osaka 1",
            "state test entries, Paris 1",
            "state test entries, Prague 1",
            "state test entries, Shanghai 1",
            "traces, call_tracer 5",
            "traces, call_tracer_flat 2",
            "traces, call_tracer_withLog 1",
            "traces, prestate_tracer 2",
            "traces, prestate_tracer_with_diff_mode 2",
        ], report.Passed.Select(count => $"{count.Key} {count.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{\"a\":{\"b\":1}}")]
    [InlineData("[]")]
    [InlineData("no JSON")]
    public void A_file_of_an_unknown_format_fails_with_its_name(string content)
    {
        var report = VectorRunner.Run([new("folder/unknown.json", Encoding.UTF8.GetBytes(content))]);

        Assert.StartsWith("folder/unknown.json: ", Assert.Single(report.Failures), StringComparison.Ordinal);
        Assert.Empty(report.Passed);
    }

    /// <summary>
    /// A valid block that the test expects to be refused, with and without a stated reason; a block refused for another reason than the expected one; a
    /// final state that differs.
    /// </summary>
    [Theory]
    [InlineData(0, "expectException", "InvalidGasUsed", "block 0: valid, expected InvalidGasUsed")]
    [InlineData(0, "blockHeader", null, "block 0: valid, expected to be refused")]
    [InlineData(1, "expectException", "InvalidGasUsed", "block 1: Differs.StateRoot")]
    [InlineData(-1, "postState", "{}", "accounts that differ in the final state: 0x")]
    public void A_blockchain_test_with_a_wrong_expectation_fails(int block, string field, string? value, string failure)
    {
        var file = SampleVectors.BlockchainTest();
        var changed = block < 0 ? file["transition"]!.AsObject() : file["transition"]!["blocks"]![block]!.AsObject();
        changed.Remove(field);
        if (value is not null)
        {
            changed[field] = value.StartsWith('{') ? JsonNode.Parse(value) : JsonValue.Create(value);
        }

        Assert.Contains(failure, Assert.Single(VectorRunner.Run([SampleVectors.File("changed.json", file)]).Failures), StringComparison.Ordinal);
    }

    /// <summary>The suites have named the same fault differently over the years.</summary>
    [Theory]
    [InlineData("InvalidStateRoot")]
    [InlineData("BlockException.INVALID_STATE_ROOT")]
    [InlineData("BlockException.INVALID_GAS_USED|BlockException.INVALID_STATE_ROOT")]
    public void A_refusal_is_recognised_by_its_old_and_new_name(string name)
    {
        var file = SampleVectors.BlockchainTest();
        file["transition"]!["blocks"]![1]!["expectException"] = name;

        Assert.Empty(VectorRunner.Run([SampleVectors.File("named.json", file)]).Failures);
    }

    [Fact]
    public void Folders_are_searched_recursively_and_their_archives_are_opened()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            string leaf = Directory.CreateDirectory(Path.Combine(folder.FullName, "a", "b")).FullName;
            File.WriteAllText(Path.Combine(leaf, "one.json"), "1");
            using (var tar = new TarWriter(new CompressionStream(File.Create(Path.Combine(leaf, "packed.tar.zst")), leaveOpen: false)))
            {
                tar.WriteEntry(Path.Combine(leaf, "one.json"), "inside/two.json");
            }

            var names = VectorSource.Read(folder.FullName).Select(file => file.Key[(folder.FullName.Length + 1)..]).ToList();

            Assert.Equal(["a/b/one.json", "a/b/packed.tar.zst/inside/two.json"], names);
            Assert.Single(VectorSource.Read(Path.Combine(leaf, "packed.tar.zst")));
            Assert.Throws<DirectoryNotFoundException>(() => VectorSource.Read(Path.Combine(leaf, "missing")).Count());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Prints to the console: the runner shows the output of a test only when the test fails.</summary>
    private static void Print(VectorReport report, TextWriter writer)
    {
        foreach (string line in report.ToString().Split('\n'))
        {
            writer.WriteLine($"vectors: {line}");
        }
    }
}
