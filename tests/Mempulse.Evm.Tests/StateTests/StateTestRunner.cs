using System.Text.Json;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Signatures;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.State;
using Mempulse.Evm.Tests.Vectors;
using Mempulse.Evm.Transactions;

namespace Mempulse.Evm.Tests.StateTests;

/// <summary>Runs the entries of state tests. Not thread-safe.</summary>
internal sealed class StateTestRunner
{
    private readonly ISenderRecovery _recovery = SenderRecovery.CreateBest();
    private readonly EvmExecutor _executor;

    public StateTestRunner() => _executor = new EvmExecutor(_recovery);

    /// <summary>Runs every entry of a case and reports its result.</summary>
    public void Run(StateTestCase test, Action<StateTestOutcome> report)
    {
        var template = new TransactionTemplate(test.Fields.GetProperty("transaction"), _recovery);
        bool rewardsRejected = IsFilledByRetesteth(test.Fields);
        var block = Block(test.Fields.GetProperty("env"), ForkHistory.Of(ForkNames.Of(test.Fork)));
        foreach (var entry in test.Entries.EnumerateArray())
        {
            string? failure = Judge(block, template, test.Before, entry, rewardsRejected);
            report(new StateTestOutcome(test.Test, test.Fork, entry.GetProperty("indexes").ToString(), failure));
        }
    }

    /// <summary>Returns true if retesteth filled the test: it pays the zero block reward even if the only transaction is invalid; newer tools do not.</summary>
    private static bool IsFilledByRetesteth(JsonElement test) =>
        test.GetProperty("_info").TryGetProperty("filling-tool-version", out var tool)
        && tool.GetString()!.StartsWith("retesteth", StringComparison.Ordinal);

    private static BlockEnv Block(JsonElement env, ForkRules rules) => new()
    {
        Rules = rules,
        ChainId = 1,
        Number = env.Number64("currentNumber"),
        Timestamp = env.Number64("currentTimestamp"),
        Coinbase = env.Account("currentCoinbase"),
        GasLimit = env.Number64("currentGasLimit"),
        BaseFee = rules.HasBaseFee ? env.Number("currentBaseFee") : default,
        Difficulty = env.Number("currentDifficulty"),
        PrevRandao = env.TryGetProperty("currentRandom", out _) ? AddressWord.ToHash(env.Number("currentRandom")) : default,
        ExcessBlobGas = rules.Has(Fork.Cancun) ? env.Number64("currentExcessBlobGas") : 0,
    };

    private string? Judge(BlockEnv block, TransactionTemplate template, PreState before, JsonElement entry, bool rewardsRejected)
    {
        var indexes = entry.GetProperty("indexes");
        string? expected = entry.TryGetProperty("expectException", out var exception) ? exception.GetString() : null;
        var transaction = template.At(indexes.GetProperty("data").GetInt32(), indexes.GetProperty("gas").GetInt32(), indexes.GetProperty("value").GetInt32());
        if (transaction is null)
        {
            return expected is not null && ExpectedRejection.Matches(expected, null) ? null : $"cannot be encoded, expected {expected ?? "success"}";
        }

        var state = new WorldState(before);
        var execution = _executor.ExecuteTransaction(block, transaction, state);
        if (execution is TxExecution.Invalid invalid)
        {
            if (expected is null || !ExpectedRejection.Matches(expected, invalid.Reason))
            {
                return $"rejected with {invalid.Reason}, expected {expected ?? "success"}";
            }
        }
        else if (expected is not null)
        {
            return $"{execution}, expected {expected}";
        }

        return Compare(block, before, state, entry, execution, rewardsRejected);
    }

    private static string? Compare(BlockEnv block, PreState before, WorldState state, JsonElement entry, TxExecution execution, bool rewardsRejected)
    {
        var logs = execution is TxExecution.Executed ? PostState.LogsHash(state.Logs) : Keccak256.OfEmptyList;

        if (execution is TxExecution.Executed || rewardsRejected)
        {
            // The suites were filled with a zero block reward, which creates the coinbase account before EIP-161.
            state.BeginTransaction();
            state.EnsureExists(state.Get(block.Coinbase));
            state.EndTransaction(block.Rules);
        }

        var root = PostState.Root(before, state);
        if (root != entry.Hash("hash"))
        {
            return $"root {root}, expected {entry.Hash("hash")}; {execution}";
        }

        return logs == entry.Hash("logs") ? null : $"logs {logs}, expected {entry.Hash("logs")}; {execution}";
    }
}
