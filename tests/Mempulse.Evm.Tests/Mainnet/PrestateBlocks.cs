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

/// <summary>Result of executing mainnet blocks on recorded prestates, in the layout of tests/vectors/mainnet/blocks-with-prestate.</summary>
/// <param name="Failures">Mismatches, each prefixed with its block number.</param>
/// <param name="Listed">Number of blocks in the index.</param>
/// <param name="Complete">Number of executed blocks: those with accounts and without missing code.</param>
/// <param name="WithReceiptsRoot">Number of executed blocks whose receipts root was compared: those since Byzantium.</param>
/// <param name="Gas">Gas used by the executed blocks.</param>
internal sealed record PrestateBlocks(IReadOnlyList<string> Failures, int Listed, int Complete, int WithReceiptsRoot, ulong Gas)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Complete} blocks, {Gas} gas; {WithReceiptsRoot} with a compared receipts root");

    /// <summary>Executes the blocks with a complete prestate and takes all files of the layout.</summary>
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

        // The recorded receipts show which transaction differs first.
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
            differences.Add("the receipts root is missing or unexpected");
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
