using System.Diagnostics;
using System.Text.Json;
using Mempulse.Evm.Tests.BlockchainTests;

namespace Mempulse.Evm.Tests.OwnVectors;

/// <summary>Blockchain tests in the format of ethereum/tests and execution-spec-tests.</summary>
internal sealed class BlockchainTestShape : IVectorShape
{
    /// <summary>Report entry: blocks executed.</summary>
    public const string ExecutedBlocks = "blocks of blockchain tests, executed";

    /// <summary>Report entry: invalid blocks refused for the expected reason.</summary>
    public const string RefusedBlocks = "blocks of blockchain tests, refused as expected";

    public string Name => "blockchain tests";

    public bool Accepts(JsonElement root) => root.HasAll("network", "genesisRLP", "pre", "blocks", "lastblockhash");

    public void Run(string path, JsonElement root, VectorReport report)
    {
        foreach (var test in root.EnumerateObject())
        {
            switch (BlockchainTestRunner.Run(test.Value))
            {
                case BlockchainTestOutcome.Passed passed:
                    report.Pass($"blockchain tests, {test.Value.GetProperty("network").GetString()}");
                    report.Pass(ExecutedBlocks, passed.ValidBlocks);
                    report.Pass(RefusedBlocks, passed.RefusedBlocks);
                    passed.SkippedBlocks.ForEach(reason => report.Skip($"invalid blocks of blockchain tests: {reason}"));
                    break;
                case BlockchainTestOutcome.Failed failed:
                    report.Fail($"{path}: {test.Name}: {failed.Failure}");
                    break;
                default:
                    throw new UnreachableException();
            }
        }
    }
}
