using System.Globalization;
using System.Text.Json;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Tries;
using Mempulse.Evm.BlockProcessing;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.Mainnet;

/// <summary>
/// Result of executing mainnet blocks on state witnesses of trie nodes, in the layout of tests/vectors/mainnet/blocks-with-witness. Only the parent header
/// is trusted.
/// </summary>
/// <param name="Failures">Mismatches, each prefixed with its block number.</param>
/// <param name="Blocks">Number of executed blocks.</param>
internal sealed record WitnessBlocks(IReadOnlyList<string> Failures, int Blocks)
{
    /// <summary>Executes the listed blocks and takes all files of the layout.</summary>
    public static WitnessBlocks Run(PackedFiles files)
    {
        var codes = files.TakeCodes();
        using var index = files.TakeJson("index.json");
        var recovery = SenderRecovery.CreateBest();
        var executor = new BlockExecutor(new EvmExecutor(recovery));
        var failures = new List<string>();
        foreach (var entry in index.RootElement.EnumerateArray())
        {
            string folder = entry.GetProperty("number").GetInt32().ToString(CultureInfo.InvariantCulture);
            var parent = new RecordedBlock(files.Take($"{folder}/parent.json"), recovery);
            var block = new RecordedBlock(files.Take($"{folder}/block.json"), recovery);
            if (parent.Header.ComputeHash() != block.Header.ParentHash)
            {
                failures.Add($"{folder}: parent.json is not the parent of block.json");
            }

            using var nodes = files.TakeJson($"{folder}/nodes.json");
            var before = Before(parent, nodes, codes);
            CheckContent(before, files, $"{folder}/pre.json", failures);

            var state = new WorldState(before);
            var execution = executor.Execute(block.Executable, state, before);

            failures.AddRange(Judge(block, execution).Select(failure => $"{folder}: {failure}"));
            bool hasRoot = before.TryComputeRoot(state, out var root);
            if (!hasRoot || root != block.Header.StateRoot)
            {
                failures.Add($"{folder}: state root {(hasRoot ? root : "missing")}, expected {block.Header.StateRoot}");
            }

            Compare(state, files, $"{folder}/post.json", failures);
        }

        return new WitnessBlocks(failures, index.RootElement.GetArrayLength());
    }

    private static MerkleState Before(RecordedBlock parent, JsonDocument nodes, IReadOnlyDictionary<Hash256, ContractCode> codes)
    {
        var all = nodes.RootElement.EnumerateArray().Select(node => HexJson.Bytes(node.GetString()!)).ToList();
        var known = new TrieNodes([.. all.Select(node => (ReadOnlyMemory<byte>)node), .. all.SelectMany(NodesBefore.Of)]);
        var state = new MerkleState(parent.Header.StateRoot, known);
        state.Add(parent.Header.Number.Value, parent.Header.ComputeHash());
        foreach (var code in codes.Values)
        {
            state.Add(code);
        }

        return state;
    }

    private static IEnumerable<string> Judge(RecordedBlock block, BlockExecution execution)
    {
        if (execution is not BlockExecution.Executed executed)
        {
            return [execution.ToString()];
        }

        return executed.ReceiptsRoot is null ? ["the receipts root is missing"] : executed.DifferencesFrom(block.Header);
    }

    /// <summary>Reads through the tries must return the recorded accounts, which another program proved.</summary>
    private static void CheckContent(MerkleState state, PackedFiles files, string file, List<string> failures)
    {
        using var accounts = files.TakeJson(file);
        foreach (var entry in accounts.RootElement.EnumerateObject())
        {
            var address = Address.Parse(entry.Name);
            bool exists = Exists(entry.Value);
            if ((state.ReadAccount(address, out var account) == ReadOutcome.Found) != exists
                || account.Balance != entry.Value.Number("balance") || account.Nonce != entry.Value.Number64("nonce"))
            {
                failures.Add($"{file}: {address} is not the recorded account");
            }

            foreach (var slot in exists ? entry.Value.GetProperty("storage").EnumerateObject() : default)
            {
                if (state.ReadStorage(address, HexJson.Number(slot.Name), out var value) != ReadOutcome.Found
                    || value != HexJson.Number(slot.Value.GetString()!))
                {
                    failures.Add($"{file}: slot {slot.Name} of {address} is {value}, recorded {slot.Value}");
                }
            }
        }
    }

    private static bool Exists(JsonElement account) => !account.TryGetProperty("exists", out var exists) || exists.GetBoolean();

    private static void Compare(WorldState state, PackedFiles files, string file, List<string> failures)
    {
        using var accounts = files.TakeJson(file);
        foreach (var entry in accounts.RootElement.EnumerateObject())
        {
            var address = Address.Parse(entry.Name);
            if (state.BalanceOf(address) != entry.Value.Number("balance") || state.NonceOf(address) != entry.Value.Number64("nonce"))
            {
                failures.Add($"{file}: {address} has balance {state.BalanceOf(address)} and nonce {state.NonceOf(address)}");
            }
        }
    }
}
