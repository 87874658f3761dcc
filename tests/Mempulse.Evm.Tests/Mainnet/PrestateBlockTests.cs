using System.Globalization;
using System.Text.Json;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.BlockProcessing;
using Mempulse.Evm.State;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Mainnet;

/// <summary>Real blocks from Frontier to Cancun, over the accounts that they saw.</summary>
public sealed class PrestateBlockTests
{
    private const int Blocks = 63;
    private const int CompleteBlocks = 44;
    private const int CompleteFromByzantium = 34;

    [Fact]
    public void Complete_blocks_come_to_what_their_headers_commit_to()
    {
        var archive = new MainnetArchive("blocks-with-prestate.tar.zst");
        var codes = archive.TakeCodes();
        var hashes = TakeBlockHashes(archive);
        using var index = archive.TakeJson("index.json");
        var recovery = SenderRecovery.CreateBest();
        var executor = new BlockExecutor(new EvmExecutor(recovery));
        var failures = new List<string>();
        int complete = 0;
        int withReceiptsRoot = 0;
        ulong gas = 0;
        foreach (var entry in index.RootElement.EnumerateArray())
        {
            int number = entry.GetProperty("number").GetInt32();
            var block = new RecordedBlock(archive.Take($"blocks/{number}/block.json"), recovery);
            var state = new RecordedState(archive.Take($"blocks/{number}/pre_state.json"), codes, hashes);
            Assert.Equal(entry.GetProperty("missingCodes").GetInt32(), state.MissingCodes);
            if (state.MissingCodes != 0 || state.Accounts == 0)
            {
                continue;
            }

            complete++;
            bool hasRoot = block.Executable.Env.Rules.Has(Fork.Byzantium);
            withReceiptsRoot += hasRoot ? 1 : 0;
            gas += block.Header.GasUsed.Value;
            using var receipts = archive.TakeJson($"receipts/{number}{(hasRoot ? string.Empty : ".prebyz")}.json");
            failures.AddRange(Judge(block, executor.Execute(block.Executable, new WorldState(state)), receipts).Select(failure => $"{number}: {failure}"));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{complete} blocks, {gas} gas; {withReceiptsRoot} of them to the root of their receipts");
        Assert.Empty(failures);
        Assert.Equal((Blocks, CompleteBlocks, CompleteFromByzantium), (index.RootElement.GetArrayLength(), complete, withReceiptsRoot));
        Assert.Empty(archive.Left);
    }

    private static List<string> Judge(RecordedBlock block, BlockExecution execution, JsonDocument receipts)
    {
        if (execution is not BlockExecution.Executed executed)
        {
            return [execution.ToString()];
        }

        // The receipts were recorded too: where a block differs, they say in which transaction it began.
        var first = receipts.RootElement.EnumerateArray()
            .Select((receipt, i) => (Expected: receipt.GetProperty("gasUsed").GetUInt64(), Actual: executed.Receipts[i].GasUsed, Index: i))
            .FirstOrDefault(pair => pair.Expected != pair.Actual);
        var differences = executed.DifferencesFrom(block.Header).ToList();
        if (first.Expected != first.Actual)
        {
            differences.Add(string.Create(CultureInfo.InvariantCulture, $"transaction {first.Index} used {first.Actual}, recorded {first.Expected}"));
        }

        if (block.Executable.Env.Rules.Has(Fork.Byzantium) != executed.ReceiptsRoot is not null)
        {
            differences.Add("no root of the receipts");
        }

        return differences;
    }

    private static Dictionary<ulong, Hash256> TakeBlockHashes(MainnetArchive archive)
    {
        using var document = archive.TakeJson("block_hashes.json");
        return document.RootElement.EnumerateObject()
            .ToDictionary(hash => ulong.Parse(hash.Name, CultureInfo.InvariantCulture), hash => Hash256.Parse(hash.Value.GetString()!));
    }
}
