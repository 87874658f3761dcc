using System.Diagnostics.CodeAnalysis;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Diffs;
using Mempulse.Replay.Views;

namespace Mempulse.Replay.State;

/// <summary>What others may see of the state.</summary>
internal sealed partial class MempoolState : IMempoolView
{
    ChainId IMempoolView.Chain => Chain.Chain;

    public FoldParameters Parameters => Chain.Parameters;

    public BlockNumber? Final => Chain.Final;

    public TxState StateOf(in Hash256 hash) =>
        _txs.TryGet(hash, out var tx) ? tx.State
        : _settledHashes.TryGet(hash, out var settled) ? settled.State
        : TxState.Unknown;

    public bool TryGetTx(in Hash256 hash, [NotNullWhen(true)] out PoolTx? tx)
    {
        tx = _txs.TryGet(hash, out var entry) ? ViewOf(entry) : null;
        return tx is not null;
    }

    public bool TryGetSender(in Address address, [NotNullWhen(true)] out PoolAccount? account)
    {
        account = _accounts.TryGet(address, out var entry) ? ViewOf(entry) : null;
        return account is not null;
    }

    IReadOnlyList<PoolSource> IMempoolView.Sources()
    {
        var entries = Sources.Sorted();
        var sources = new PoolSource[entries.Count];
        for (int i = 0; i < sources.Length; i++)
        {
            var entry = entries[i];
            sources[i] = new PoolSource(entry.Id, entry.Name, entry.IsConnected, entry.IsSynthetic, entry.Sightings, entry.Firsts);
        }

        return sources;
    }

    public IReadOnlyList<ChainBlock> CanonicalBlocks()
    {
        var blocks = new List<ChainBlock>(Window.Count + 1);
        if (Chain.Final is { } final)
        {
            blocks.Add(new ChainBlock(final, Chain.FinalHash, Hash256.Zero));
        }

        for (int i = 0; i < Window.Count; i++)
        {
            blocks.Add(new ChainBlock(Window[i].Number, Window[i].Hash, Window[i].ParentHash));
        }

        return blocks;
    }

    /// <summary>Where every transaction stands, in ascending order of hash.</summary>
    public IReadOnlyList<TxStanding> Standings()
    {
        var entries = _txs.SortedByKey();
        var standings = new TxStanding[entries.Count];
        for (int i = 0; i < standings.Length; i++)
        {
            standings[i] = new TxStanding(entries[i].Hash, entries[i].State);
        }

        return standings;
    }

    private static PoolTx ViewOf(TxEntry entry) => new()
    {
        Hash = entry.Hash,
        State = entry.State,
        FirstSeq = entry.FirstSeq,
        FirstAt = entry.FirstAt,
        Sightings = entry.Sightings.ToArray(),
        UnlistedSightings = entry.Sightings.Overflow,
        Sender = entry.Account?.Address,
        Nonce = entry.Account is null ? null : new Nonce(entry.Nonce),
        Body = entry.HasBody ? BodyOf(entry) : null,
        Inclusion = entry.Block is { } block
            ? new PoolInclusion(block.Hash, block.Number, entry.IndexInBlock, entry.Succeeded)
            : null,
        ReplacedBy = entry.State == TxState.Replaced ? entry.ReplacedBy : null,
        Replaces = entry.Replaces.IsZero ? null : entry.Replaces,
    };

    private static PoolTxBody BodyOf(TxEntry entry) => new(
        entry.Type,
        new Wei(entry.Fees.MaxFee),
        new Wei(entry.Fees.MaxPriorityFee),
        new Wei(entry.Fees.MaxBlobFee),
        entry.BlobCount,
        entry.AuthorizationCount);

    private static PoolAccount ViewOf(AccountEntry account)
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
            Knowledge = account.Knowledge,
            ReadyEnd = new Nonce(account.ReadyEnd),
            Nonces = nonces,
            NonceCount = account.Slots.Count,
            Gaps = gaps,
        };
    }
}
