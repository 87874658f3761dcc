using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.Transactions;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;
using Mempulse.Sim.Requests;

namespace Mempulse.Grains.Simulations;

/// <summary>Queries to requests: bounds, and which transaction may revert. Safe for any thread.</summary>
internal sealed class QueryReader(SimLimits limits, ISenderRecovery recovery)
{
    /// <summary>Accounts whose state one query may change.</summary>
    private const int MaxOverrides = 256;

    /// <summary>Slots that one query may change.</summary>
    private const int MaxSlots = 4_096;

    /// <summary>Bytes of code that one query may put on the chain.</summary>
    private const int MaxCodeBytes = 1 << 20;

    /// <summary>Holds a query against the bounds before anybody is asked for anything.</summary>
    /// <returns>What is over its bound, in a sentence; null when nothing is.</returns>
    public string? Problem(SimQuery query) => query.Transactions.Count == 0
        ? "A bundle has at least one transaction."
        : Over(query.Transactions.Count, limits.MaxTransactions, "transactions")
        ?? Over(query.Transactions.Sum(transaction => (long)transaction.Raw.Length), limits.MaxBundleBytes, "bytes of transactions")
        ?? Over(query.Reverting.Count, limits.MaxTransactions, "hashes of transactions that may revert")
        ?? Over(query.Overrides.Count, MaxOverrides, "accounts with another state")
        ?? Over(query.Overrides.Sum(change => (long)change.Slots.Count), MaxSlots, "slots with another value")
        ?? Over(query.Overrides.Sum(change => (long)(change.Code?.Length ?? 0)), MaxCodeBytes, "bytes of other code");

    /// <summary>The request.</summary>
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

    private static string? Over(long count, long most, string what) => count > most ? $"{count} {what} are over the limit of {most}." : null;
}
