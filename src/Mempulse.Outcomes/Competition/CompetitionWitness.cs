using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Forks;
using Mempulse.Ethereum.Signatures;
using Mempulse.Ethereum.Transactions;
using Mempulse.Evm.Blocks;
using Mempulse.Evm.Forks;
using Mempulse.Evm.Transactions;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Witnesses;

namespace Mempulse.Outcomes.Competition;

/// <summary>Everything that an examination depended on: executing it again needs no node and gives the same finding.</summary>
/// <remarks>It has the bytes of the bundle, which are private. Encoded by <see cref="CompetitionWitnessCodec"/>.</remarks>
public sealed record CompetitionWitness
{
    /// <summary>The chain.</summary>
    public required ChainId Chain { get; init; }

    /// <summary>The fork of the block.</summary>
    public required Fork Fork { get; init; }

    /// <summary>The block's header, whose hash is that of the block.</summary>
    public required BlockHeader Header { get; init; }

    /// <summary>The block's transactions, in order.</summary>
    public required IReadOnlyList<WitnessTransaction> Transactions { get; init; }

    /// <summary>The bundle's transactions, in order.</summary>
    public required IReadOnlyList<BundleTransaction> Bundle { get; init; }

    /// <summary>The account whose gain counts.</summary>
    public required Address Account { get; init; }

    /// <summary>The token that it is counted in.</summary>
    public required Address Token { get; init; }

    /// <summary>How far the state can be trusted.</summary>
    public StateTrust Trust { get; init; }

    /// <summary>The state that was read, of the block before.</summary>
    public required KnownState State { get; init; }

    /// <summary>The question; null if a transaction's type or signature is not supported.</summary>
    public CompetitionQuestion? ToQuestion(ISenderRecovery recovery)
    {
        var reader = new EvmTransactionReader(recovery, TransactionRules.AnyChain);
        var placed = new List<PlacedTransaction>(Transactions.Count);
        foreach (var tx in Transactions)
        {
            if (!reader.TryRead(tx.Raw.Span, out var transaction, out var hash, out _))
            {
                return null;
            }

            placed.Add(new PlacedTransaction(hash, transaction!, tx.Succeeded, tx.GasUsed));
        }

        var legs = new List<BundleLeg>(Bundle.Count);
        foreach (var tx in Bundle)
        {
            if (!reader.TryRead(tx.Raw.Span, out var transaction, out var hash, out _))
            {
                return null;
            }

            legs.Add(new BundleLeg(hash, transaction!, tx.Revert == RevertPolicy.MayRevert));
        }

        return new CompetitionQuestion
        {
            Block = BlockEnv.Of(Header, ForkHistory.Of(Fork), Chain.Value),
            ParentHash = Header.ParentHash,
            ParentBeaconRoot = Header.ParentBeaconBlockRoot,
            Transactions = placed,
            Bundle = legs,
            Account = Account,
            Token = Token,
        };
    }

    /// <summary>Executes it again; null if the witness does not have all that is read.</summary>
    public CompetitionAnswer.Decided? Rerun(ISenderRecovery recovery) => ToQuestion(recovery) is { } question
        ? new CompetitionSearch(new EvmExecutor(recovery), question).Run(State) as CompetitionAnswer.Decided
        : null;
}
