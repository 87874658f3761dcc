using System.Globalization;
using System.Text.Json;
using Mempulse.Evm.Tests.Chains;
using Mempulse.Evm.Tests.StateTests;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tests.BlockchainTests;

/// <summary>
/// Runs a blockchain test of ethereum/tests or execution-spec-tests: imports all blocks on the genesis state, expects the invalid ones to be refused, and
/// compares the last valid block and its state.
/// </summary>
internal static class BlockchainTestRunner
{
    public static BlockchainTestOutcome Run(JsonElement test)
    {
        var rules = new NetworkRules(test.GetProperty("network").GetString()!, test.TryGetProperty("config", out var config) ? config : default);
        var before = new PreState(test.GetProperty("pre"));
        if (!RawBlock.TryRead(test.Bytes("genesisRLP"), out var first, out var failure))
        {
            return new BlockchainTestOutcome.Failed($"genesis: {failure}");
        }

        var genesis = new ChainPoint(first.Header, before, null);
        if (PostState.Root(before) != first.Header.StateRoot || genesis.Hash != test.GetProperty("genesisBlockHeader").Hash("hash"))
        {
            return new BlockchainTestOutcome.Failed($"genesis: root {PostState.Root(before)}, hash {genesis.Hash}");
        }

        return Run(test, genesis, new ChainRun(rules));
    }

    private static BlockchainTestOutcome Run(JsonElement test, ChainPoint genesis, ChainRun run)
    {
        var points = new SortedDictionary<Hash256, ChainPoint> { [genesis.Hash] = genesis };
        var skipped = new List<string>();
        int refused = 0;
        int index = 0;
        foreach (var entry in test.GetProperty("blocks").EnumerateArray())
        {
            string? expected = ExpectedRefusal.Of(entry);
            var block = Read(entry);
            if (expected is not null && UnsupportedTests.ReasonForRefusal(expected, block) is { } reason)
            {
                skipped.Add(reason);
                continue;
            }

            var faults = Import(block, points, run);
            if (faults.Count == 0 != expected is null || (expected is not null && !ExpectedRefusal.Matches(expected, faults)))
            {
                return new BlockchainTestOutcome.Failed(string.Create(
                    CultureInfo.InvariantCulture,
                    $"block {index}: {(faults.Count == 0 ? "valid" : string.Join("; ", faults))}, expected {expected ?? "a valid block"}"));
            }

            refused += faults.Count == 0 ? 0 : 1;
            index++;
        }

        return Compare(test, points) is { } difference
            ? new BlockchainTestOutcome.Failed(difference)
            : new BlockchainTestOutcome.Passed(points.Count - 1, refused, skipped);
    }

    /// <summary>Returns the block; null if its bytes do not decode.</summary>
    private static RawBlock? Read(JsonElement entry) =>
        HexJson.TryBytes(entry.GetProperty("rlp").GetString()!, out byte[] encoded) && RawBlock.TryRead(encoded, out var block, out _) ? block : null;

    /// <summary>Executes a block on its parent; returns the faults of an invalid block, empty for a valid one.</summary>
    private static IReadOnlyList<string> Import(RawBlock? block, SortedDictionary<Hash256, ChainPoint> points, ChainRun run)
    {
        if (block is null)
        {
            return ["Rlp"];
        }

        if (!points.TryGetValue(block.Header.ParentHash, out var parent))
        {
            return ["Block.UnknownParent"];
        }

        if (run.Execute(block, parent, out var faults) is { } executed)
        {
            points[executed.After.Hash] = executed.After;
        }

        return faults;
    }

    private static string? Compare(JsonElement test, SortedDictionary<Hash256, ChainPoint> points)
    {
        var last = test.Hash("lastblockhash");
        if (!points.TryGetValue(last, out var head))
        {
            return $"the last block, {last}, was not imported";
        }

        if (test.TryGetProperty("postStateHash", out _) && test.Hash("postStateHash") != head.Header.StateRoot)
        {
            return $"final state root {head.Header.StateRoot}, expected {test.Hash("postStateHash")}";
        }

        if (!test.TryGetProperty("postState", out var accounts) || accounts.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var expected = new PreState(accounts).Accounts;
        var different = expected.Keys.Union(head.State.Accounts.Keys).Where(address =>
            !expected.TryGetValue(address, out var wanted) || !head.State.Accounts.TryGetValue(address, out var actual) || !wanted.IsSame(actual)).ToList();
        return different.Count == 0 ? null : $"accounts that differ in the final state: {string.Join(", ", different)}";
    }
}
