using System.Globalization;
using System.Text.Json;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.BlockProcessing;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Mainnet;

/// <summary>Blocks of mainnet with the accounts that they saw, in the layout of tests/vectors/mainnet/blocks-with-prestate.</summary>
/// <param name="Failures">What came out otherwise, with the number of its block.</param>
/// <param name="Listed">Blocks that the index lists.</param>
/// <param name="Complete">Those of them that have accounts and no code missing: they were executed.</param>
/// <param name="WithReceiptsRoot">Those of them whose receipts need no root of the state.</param>
/// <param name="Gas">What the executed ones used.</param>
internal sealed record PrestateBlocks(IReadOnlyList<string> Failures, int Listed, int Complete, int WithReceiptsRoot, ulong Gas)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Complete} blocks, {Gas} gas; {WithReceiptsRoot} of them to the root of their receipts");

    /// <summary>Executes those that are complete, and takes all files that belong to the layout.</summary>
    public static PrestateBlocks Run(PackedFiles files)
    {
        var codes = files.TakeCodes();
        var hashes = TakeBlockHashes(files);
        using var index = files.TakeJson("index.json");
        var recovery = SenderRecovery.CreateBest();
        var executor = new BlockExecutor(new EvmExecutor(recovery));
        var failures = new List<string>();
        int complete = 0;
        int withReceiptsRoot = 0;
        ulong gas = 0;
        foreach (var entry in index.RootElement.EnumerateArray())
        {
            int number = entry.GetProperty("number").GetInt32();
            var block = new RecordedBlock(files.Take($"blocks/{number}/block.json"), recovery);
            var state = new RecordedState(files.Take($"blocks/{number}/pre_state.json"), codes, hashes);
            Assert.Equal(entry.GetProperty("missingCodes").GetInt32(), state.MissingCodes);
            if (state.MissingCodes != 0 || state.Accounts == 0)
            {
                continue;
            }

            complete++;
            bool hasRoot = block.Executable.Env.Rules.Has(Fork.Byzantium);
            withReceiptsRoot += hasRoot ? 1 : 0;
            gas += block.Header.GasUsed.Value;
            using var receipts = files.TakeJson($"receipts/{number}{(hasRoot ? string.Empty : ".prebyz")}.json");
            failures.AddRange(Judge(block, executor.Execute(block.Executable, new WorldState(state)), receipts).Select(failure => $"{number}: {failure}"));
        }

        return new PrestateBlocks(failures, index.RootElement.GetArrayLength(), complete, withReceiptsRoot, gas);
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

    private static Dictionary<ulong, Hash256> TakeBlockHashes(PackedFiles files)
    {
        using var document = files.TakeJson("block_hashes.json");
        return document.RootElement.EnumerateObject()
            .ToDictionary(hash => ulong.Parse(hash.Name, CultureInfo.InvariantCulture), hash => Hash256.Parse(hash.Value.GetString()!));
    }
}
