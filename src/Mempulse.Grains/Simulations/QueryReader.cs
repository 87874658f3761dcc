using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.Transactions;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;
using Mempulse.Sim.Requests;

namespace Mempulse.Grains.Simulations;

/// <summary>Checks queries against bounds and turns them into requests. Thread-safe.</summary>
internal sealed class QueryReader(SimLimits limits, ISenderRecovery recovery)
{
    /// <summary>The maximum number of accounts that one query may override.</summary>
    private const int MaxOverrides = 256;

    /// <summary>The maximum number of storage slots that one query may override.</summary>
    private const int MaxSlots = 4_096;

    /// <summary>The maximum bytes of code that one query may override.</summary>
    private const int MaxCodeBytes = 1 << 20;

    /// <summary>Checks a query against the bounds before any node is contacted.</summary>
    /// <returns>What exceeds its bound, in a sentence; null when nothing does.</returns>
    public static string? Problem(SimQuery query, SimLimits limits) => query.Transactions.Count == 0
        ? "The bundle is empty: expected at least one transaction."
        : Over(query.Transactions.Count, limits.MaxTransactions, "transactions")
        ?? Over(query.Transactions.Sum(transaction => (long)transaction.Raw.Length), limits.MaxBundleBytes, "bytes of transactions")
        ?? Over(query.Reverting.Count, limits.MaxTransactions, "hashes of transactions that may revert")
        ?? Over(query.Overrides.Count, MaxOverrides, "account overrides")
        ?? Over(query.Overrides.Sum(change => (long)change.Slots.Count), MaxSlots, "storage slot overrides")
        ?? Over(query.Overrides.Sum(change => (long)(change.Code?.Length ?? 0)), MaxCodeBytes, "bytes of code overrides");

    /// <summary>Turns a query into a request.</summary>
    public SimRequest Read(SimQuery query, SimBlock block) => new()
    {
        Block = block,
        Transactions = [.. query.Transactions.Select(transaction => new BundleTransaction(transaction.Raw, PolicyOf(query, transaction)))],
        Opportunity = query.Opportunity,
        Account = query.Account,
        Overrides = [.. query.Overrides.Select(Override)],
        Limits = limits,
        Steps = query.DigestsSteps ? StepTracing.Digest : StepTracing.Off,
    };

    private RevertPolicy PolicyOf(SimQuery query, SimTransaction transaction)
    {
        if (transaction.MayRevert || query.Reverting.Count == 0)
        {
            return transaction.MayRevert ? RevertPolicy.MayRevert : RevertPolicy.MustSucceed;
        }

        var reader = new EvmTransactionReader(recovery, TransactionRules.AnyChain);
        return reader.TryRead(transaction.Raw.Span, out _, out var hash, out _) && query.Reverting.Contains(hash) ? RevertPolicy.MayRevert : RevertPolicy.MustSucceed;
    }

    private static StateOverride Override(SimOverride change) => new(
        change.Address,
        change.Balance?.Value,
        change.Nonce?.Value,
        change.Code,
        [.. change.Slots.Select(slot => new KeyValuePair<UInt256, UInt256>(Word(slot.Key), Word(slot.Value)))]);

    private static UInt256 Word(in Hash256 word) => UInt256.FromBigEndian(word.ToArray());

    private static string? Over(long count, long most, string what) => count > most ? $"The request has {count} {what}: expected at most {most}." : null;
}
