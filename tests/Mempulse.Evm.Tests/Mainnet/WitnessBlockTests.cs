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

/// <summary>Executes mainnet blocks on state witnesses of trie nodes; only the parent header is trusted.</summary>
public sealed class WitnessBlockTests
{
    private const int Blocks = 11;

    [Fact]
    public void Blocks_with_a_witness_match_the_state_root_and_their_header_commitments()
    {
        var archive = new MainnetArchive("blocks-with-witness.tar.zst");
        var codes = archive.TakeCodes();
        using var index = archive.TakeJson("index.json");
        var recovery = SenderRecovery.CreateBest();
        var executor = new BlockExecutor(new EvmExecutor(recovery));
        var failures = new List<string>();
        foreach (var entry in index.RootElement.EnumerateArray())
        {
            string folder = entry.GetProperty("number").GetInt32().ToString(CultureInfo.InvariantCulture);
            var parent = new RecordedBlock(archive.Take($"{folder}/parent.json"), recovery);
            var block = new RecordedBlock(archive.Take($"{folder}/block.json"), recovery);
            Assert.Equal(parent.Header.ComputeHash(), block.Header.ParentHash);
            using var nodes = archive.TakeJson($"{folder}/nodes.json");
            var before = Before(parent, nodes, codes);
            AssertContains(before, archive, $"{folder}/pre.json");

            var state = new WorldState(before);
            var execution = executor.Execute(block.Executable, state, before);

            failures.AddRange(Judge(block, execution).Select(failure => $"{folder}: {failure}"));
            bool hasRoot = before.TryComputeRoot(state, out var root);
            if (!hasRoot || root != block.Header.StateRoot)
            {
                failures.Add($"{folder}: state root {(hasRoot ? root : "missing")}, expected {block.Header.StateRoot}");
            }

            Compare(state, archive, $"{folder}/post.json", failures);
        }

        Assert.Empty(failures);
        Assert.Equal(Blocks, index.RootElement.GetArrayLength());
        Assert.Empty(archive.Remaining);
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
    private static void AssertContains(MerkleState state, MainnetArchive archive, string file)
    {
        using var accounts = archive.TakeJson(file);
        foreach (var entry in accounts.RootElement.EnumerateObject())
        {
            var address = Address.Parse(entry.Name);
            bool exists = Exists(entry.Value);
            Assert.Equal(exists ? ReadOutcome.Found : ReadOutcome.Absent, state.ReadAccount(address, out var account));
            Assert.Equal((entry.Value.Number("balance"), entry.Value.Number64("nonce")), (account.Balance, account.Nonce));
            foreach (var slot in exists ? entry.Value.GetProperty("storage").EnumerateObject() : default)
            {
                Assert.Equal(ReadOutcome.Found, state.ReadStorage(address, HexJson.Number(slot.Name), out var value));
                Assert.Equal(HexJson.Number(slot.Value.GetString()!), value);
            }
        }
    }

    private static bool Exists(JsonElement account) => !account.TryGetProperty("exists", out var exists) || exists.GetBoolean();

    private static void Compare(WorldState state, MainnetArchive archive, string file, List<string> failures)
    {
        using var accounts = archive.TakeJson(file);
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
