using System.Diagnostics.CodeAnalysis;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Pool;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.Lifecycle;

/// <summary>The public view of the lifecycle's tables.</summary>
internal sealed class MempoolView(TxTable txs, AccountTable accounts, CanonicalWindow window) : IMempoolView
{
    private readonly SourceArrival[] _arrivals = new SourceArrival[ArrivalTimes.Limit];

    /// <inheritdoc/>
    public ChainId Chain => window.Chain;

    /// <inheritdoc/>
    public FoldParameters Parameters => window.Parameters;

    /// <inheritdoc/>
    public ChainHead? Head => window.Head;

    /// <inheritdoc/>
    public BlockNumber? Final => window.Final;

    /// <inheritdoc/>
    public IReadOnlyList<AbandonedChain> Abandoned => window.Abandoned;

    /// <inheritdoc/>
    public int TxCount => txs.Count;

    /// <inheritdoc/>
    public int CountOf(TxState state) => txs.CountOf(state);

    /// <inheritdoc/>
    public TxState StateOf(in Hash256 hash) => txs.StateOf(hash);

    /// <inheritdoc/>
    public bool TryGetTx(in Hash256 hash, [NotNullWhen(true)] out PoolTx? tx)
    {
        tx = txs.TryFind(hash, out var entry) ? ViewOf(entry) : null;
        return tx is not null;
    }

    /// <inheritdoc/>
    public bool TryGetPosition(in Hash256 hash, out PoolPosition position)
    {
        bool isHeld = txs.TryFind(hash, out var entry);
        position = isHeld ? PositionOf(entry!, window.Gaps) : default;
        return isHeld;
    }

    /// <inheritdoc/>
    public int VisitWaiting(WaitingVisit visit, ref ulong after, int most)
    {
        ArgumentNullException.ThrowIfNull(visit);
        int visited = 0;
        for (var waiting = txs.WaitingAfter(after); visited < most && waiting.MoveNext(); visited++)
        {
            after = waiting.Current.ListOrdinal;
            visit(WaitingOf(waiting.Current));
        }

        return visited;
    }

    /// <inheritdoc/>
    public int RunsBefore(in Hash256 hash, BlockNumber state, Span<Hash256> found)
    {
        if (!txs.TryFind(hash, out var entry) || entry.Account is not { } account)
        {
            return 0;
        }

        ref var slots = ref account.Slots;
        int count = 0;
        for (int i = slots.IndexOfFirstFrom(entry.Nonce) - 1; i >= 0 && count <= found.Length && (slots[i].IsWaiting || slots[i].Block?.Number > state); i--, count++)
        {
            if (count < found.Length)
            {
                found[found.Length - 1 - count] = slots[i].Hash;
            }
        }

        int kept = Math.Min(count, found.Length);
        found[(found.Length - kept)..].CopyTo(found);
        return count;
    }

    /// <inheritdoc/>
    public int WaitsBehind(in Hash256 hash, Span<Hash256> found)
    {
        int count = 0;
        if (txs.TryFind(hash, out var entry) && entry.Account is { } account)
        {
            ref var slots = ref account.Slots;
            for (int i = slots.IndexOfFirstFrom(entry.Nonce); i < slots.Count && count < found.Length; i++)
            {
                if (slots.NonceAt(i) > entry.Nonce && slots[i].IsWaiting)
                {
                    found[count++] = slots[i].Hash;
                }
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public bool TryGetSender(in Address address, [NotNullWhen(true)] out PoolAccount? account)
    {
        account = accounts.TryFind(address, out var entry) ? ViewOf(entry, window.Gaps) : null;
        return account is not null;
    }

    /// <inheritdoc/>
    public bool TryGetCanonical(BlockNumber number, [NotNullWhen(true)] out ChainBlock? block) => window.TryGetCanonical(number, out block);

    /// <inheritdoc/>
    public IReadOnlyList<Hash256> TransactionsIn(BlockNumber number) => window.TransactionsIn(number);

    /// <inheritdoc/>
    public IReadOnlyList<ChainBlock> CanonicalBlocks() => window.Blocks();

    private static PoolTx ViewOf(TxEntry entry) => new()
    {
        Hash = entry.Hash,
        State = entry.State,
        FirstAt = entry.FirstAt,
        Sender = entry.Account?.Address,
        Nonce = entry.Account is null ? null : new Nonce(entry.Nonce),
        Body = entry.HasBody ? BodyOf(entry) : null,
        Inclusion = entry.Block is { } block
            ? new PoolInclusion(block.Hash, block.Number, entry.IndexInBlock, entry.Execution, entry.IsExecutionUnverified, entry.IsAbandoned)
            : null,
        ReplacedBy = entry.State == TxState.Replaced ? entry.ReplacedBy : null,
        Replaces = entry.Replaces.IsZero ? null : entry.Replaces,
    };

    private WaitingTx WaitingOf(TxEntry entry)
    {
        ref var sources = ref entry.Spread.Sources;
        for (int i = 0; i < sources.Count; i++)
        {
            _arrivals[i] = new SourceArrival(sources[i].Observer, sources[i].Micros);
        }

        return new WaitingTx
        {
            Hash = entry.Hash,
            Position = PositionOf(entry, window.Gaps),
            Sender = entry.Account?.Address,
            Nonce = entry.Account is null ? null : new Nonce(entry.Nonce),
            HasBody = entry.HasBody,
            Type = entry.Type,
            MaxFeePerGas = new Wei(entry.Fees.MaxFee),
            MaxPriorityFeePerGas = new Wei(entry.Fees.MaxPriorityFee),
            Sources = _arrivals.AsSpan(0, sources.Count),
        };
    }

    private static PoolPosition PositionOf(TxEntry entry, ulong chainGaps) => new()
    {
        State = entry.State,
        FirstAt = entry.FirstAt,
        WaitsSinceSeconds = entry.WaitsSince,
        Sightings = entry.Spread.Sightings,
        MissingNonces = entry.Account is { } account ? account.KnownMissingBelow(entry.Nonce, chainGaps) : null,
        IsReplacement = !entry.Replaces.IsZero,
    };

    private static PoolTxBody BodyOf(TxEntry entry) => new(
        entry.Type,
        new Wei(entry.Fees.MaxFee),
        new Wei(entry.Fees.MaxPriorityFee),
        new Wei(entry.Fees.MaxBlobFee),
        entry.BlobCount,
        entry.AuthorizationCount);

    private static PoolAccount ViewOf(AccountEntry account, ulong chainGaps)
    {
        int listed = Math.Min(account.Slots.Count, PoolAccount.MaxListed);
        var nonces = new PoolNonce[listed];
        List<NonceGap> gaps = [];
        ulong expected = account.ReadyEnd;
        for (int i = 0; i < listed; i++)
        {
            var holder = account.Slots[i];
            nonces[i] = new PoolNonce(new Nonce(holder.Nonce), holder.Hash, holder.State);
            if (holder.Nonce > expected)
            {
                gaps.Add(new NonceGap(new Nonce(expected), new Nonce(holder.Nonce - 1)));
            }

            if (holder.Nonce >= expected && holder.Nonce != ulong.MaxValue)
            {
                expected = holder.Nonce + 1;
            }
        }

        ulong? next = account.Knowledge == NonceKnowledge.Assumed ? account.Slots.LowestWaiting() : account.Next;
        return new PoolAccount
        {
            Address = account.Address,
            Next = next is { } known ? new Nonce(known) : null,
            Knowledge = account.KnowledgeAfter(chainGaps),
            ReadyEnd = new Nonce(account.ReadyEnd),
            Nonces = nonces,
            NonceCount = account.Slots.Count,
            Gaps = gaps,
        };
    }
}
