using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using ZstdSharp;

namespace Mempulse.Evm.Tests.OwnVectors;

/// <summary>
/// Vectors of one's own: MEMPULSE_EVM_VECTORS names a folder or a .tar.zst archive, and all that lies in it is run by its shape. Without the variable a
/// sample of each shape is run.
/// </summary>
public sealed class OwnVectorTests
{
    private const string Variable = "MEMPULSE_EVM_VECTORS";
    private const int ReportedFailures = 40;

    [Fact]
    public void Vectors_of_ones_own_come_out_as_they_say()
    {
        string? path = Environment.GetEnvironmentVariable(Variable);
        var report = VectorRunner.Run(path is { Length: > 0 } ? VectorSource.Read(path) : SampleVectors.All());

        TestContext.Current.TestOutputHelper?.WriteLine(report.ToString());
        Assert.True(report.Failures.Count == 0, string.Join('\n', report.Failures.Take(ReportedFailures)));
        Assert.NotEmpty(report.Passed);
    }

    [Fact]
    public void A_sample_of_each_shape_is_run()
    {
        var report = VectorRunner.Run(SampleVectors.All());

        Assert.Empty(report.Failures);
        Assert.Empty(report.NotJudged);
        Assert.Equal(
        [
            "blockchain tests, OsakaToBPO1AtTime510 1",
            "blocks of them that were executed 3",
            "blocks of them that were refused for what they say 1",
            "blocks with prestate 1",
            "entries of state tests, Berlin 1",
            "entries of state tests, Cancun 1",
            "entries of state tests, London 1",
            "entries of state tests, Osaka 1",
            "entries of state tests, Paris 1",
            "entries of state tests, Prague 1",
            "entries of state tests, Shanghai 1",
            "traces, call_tracer 5",
            "traces, call_tracer_flat 2",
            "traces, call_tracer_withLog 1",
            "traces, prestate_tracer 2",
            "traces, prestate_tracer_with_diff_mode 2",
            "vectors of precompiles 5",
        ], report.Passed.Select(count => $"{count.Key} {count.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{\"a\":{\"b\":1}}")]
    [InlineData("[]")]
    [InlineData("no JSON")]
    public void A_file_of_no_known_shape_fails_by_its_name(string content)
    {
        var report = VectorRunner.Run([new("folder/unknown.json", Encoding.UTF8.GetBytes(content))]);

        Assert.StartsWith("folder/unknown.json: ", Assert.Single(report.Failures), StringComparison.Ordinal);
        Assert.Empty(report.Passed);
    }

    /// <summary>
    /// A valid block that has to be refused, be it for something that is not said; one that is refused for something else than has to be; a state that is
    /// not the one at the end.
    /// </summary>
    [Theory]
    [InlineData(0, "expectException", "InvalidGasUsed", "block 0: valid, expected InvalidGasUsed")]
    [InlineData(0, "blockHeader", null, "block 0: valid, expected to be refused")]
    [InlineData(1, "expectException", "InvalidGasUsed", "block 1: Differs.StateRoot")]
    [InlineData(-1, "postState", "{}", "at the end differ: 0x")]
    public void A_blockchain_test_that_says_something_else_fails(int block, string field, string? value, string failure)
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

    [Fact]
    public void Folders_are_searched_to_their_leaves_and_archives_in_them_are_opened()
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
}
