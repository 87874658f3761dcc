using System.Diagnostics;
using System.Text.Json;
using Mempulse.Evm.Tests.BlockchainTests;

namespace Mempulse.Evm.Tests.OwnVectors;

/// <summary>Blockchain tests, as ethereum/tests and execution-spec-tests write them.</summary>
internal sealed class BlockchainTestShape : IVectorShape
{
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
                    report.Pass("blocks of them that were executed", passed.ValidBlocks);
                    report.Pass("blocks of them that were refused for what they say", passed.RefusedBlocks);
                    passed.LeftBlocks.ForEach(reason => report.Leave($"blocks of blockchain tests that must be refused: {reason}"));
                    break;
                case BlockchainTestOutcome.NotJudged left:
                    report.Leave($"blockchain tests: {left.Reason}");
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
