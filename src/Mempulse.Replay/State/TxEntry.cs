using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Checkpoints;

namespace Mempulse.Replay.State;

/// <summary>A transaction the fold holds. Its status follows from its block, its outcome and its account, and is stored nowhere.</summary>
/// <remarks>
/// Entries are used again after they left (<see cref="MempoolState.Leave"/>), so that a long run makes no garbage of
/// them. Nothing but the tables, the lists and the account's slots may keep a reference between two events.
/// </remarks>
internal sealed class TxEntry(Hash256 hash) : DigestedEntry, IListed<TxEntry>
{
    private SightingTally _sightings;

    public Hash256 Hash { get; private set; } = hash;

    /// <summary>Position, time and source of the fact that made it known.</summary>
    /// <remarks>Positions depend on where derived events landed between the facts, so this one is no part of the digest.</remarks>
    public GlobalSeq FirstSeq { get; set; }

    public UnixNanoseconds FirstAt { get; set; }

    /// <summary>Who showed it, and how often.</summary>
    public ref SightingTally Sightings => ref _sightings;

    /// <summary>Its sender; null while neither body nor block told it.</summary>
    public AccountEntry? Account { get; set; }

    public ulong Nonce { get; set; }

    public bool HasBody { get; private set; }

    public TxType Type { get; private set; }

    public TxFees Fees { get; private set; }

    public int BlobCount { get; private set; }

    public int AuthorizationCount { get; private set; }

    /// <summary>The canonical block that includes it.</summary>
    public BlockRef? Block { get; set; }

    public int IndexInBlock { get; set; }

    public bool Succeeded { get; set; }

    public TxOutcome Outcome { get; set; }

    /// <summary>Who took its place; zero when nobody did, or nobody known.</summary>
    public Hash256 ReplacedBy { get; set; }

    /// <summary>Whose place it took; zero for nobody's.</summary>
    public Hash256 Replaces { get; set; }

    /// <summary>Block time from which its wait counts; 0 before the first block.</summary>
    public ulong WaitsSince { get; set; }

    /// <summary>Height of the head when its life ended.</summary>
    public ulong SettledAt { get; set; }

    /// <summary>The round of announcements that has already told its state. Of no meaning between events.</summary>
    public ulong AnnouncedInRound { get; set; }

    /// <inheritdoc/>
    public TxEntry? Previous { get; set; }

    /// <inheritdoc/>
    public TxEntry? Following { get; set; }

    /// <inheritdoc/>
    public ulong ListOrdinal { get; set; }

    /// <summary>Neither in a block nor at the end of its life.</summary>
    public bool IsWaiting => Block is null && Outcome == TxOutcome.Open;

    /// <summary>Replaced, expired or confirmed.</summary>
    public bool IsSettled => Block is { } block ? block.IsFinal : Outcome != TxOutcome.Open;

    /// <summary>The account gives it its nonce; a contradiction in the chain can take that away.</summary>
    public bool HoldsNonce => Account is not null && ReferenceEquals(Account.Slots.HolderOf(Nonce), this);

    /// <summary>Where it stands.</summary>
    public TxState State => Block is { } block ? (block.IsFinal ? TxState.Confirmed : TxState.Included)
        : Outcome == TxOutcome.Expired ? TxState.Expired
        : Outcome != TxOutcome.Open ? TxState.Replaced
        : Account is null ? TxState.Seen
        : Nonce < Account.ReadyEnd ? TxState.Pending
        : TxState.Queued;

    /// <summary>Becomes the entry of another transaction, as new; its mark in the ledger's list stays.</summary>
    public void Reuse(in Hash256 hash)
    {
        Hash = hash;
        HasLeft = false;
        _sightings.Clear();
        Account = null;
        Nonce = 0;
        HasBody = false;
        Type = default;
        Fees = default;
        BlobCount = 0;
        AuthorizationCount = 0;
        Block = null;
        IndexInBlock = 0;
        Succeeded = false;
        Outcome = TxOutcome.Open;
        ReplacedBy = default;
        Replaces = default;
        WaitsSince = 0;
        SettledAt = 0;
        AnnouncedInRound = 0;
    }

    public void SetBody(in TxBody body)
    {
        HasBody = true;
        Type = body.Type;
        Fees = body.Fees;
        BlobCount = body.BlobCount;
        AuthorizationCount = body.AuthorizationCount;
    }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(EntryTag.Tx);
        writer.Write(Hash);
        writer.Write(FirstAt.Value);
        _sightings.Encode(writer);
        writer.Write(Account is not null);
        if (Account is { } account)
        {
            writer.Write(account.Address);
            writer.Write(Nonce);
            writer.Write(HoldsNonce);
        }

        EncodeBody(writer);
        writer.Write(Block is not null);
        if (Block is { } block)
        {
            writer.Write(block.Number.Value);
            writer.Write(block.Hash);
            writer.WriteCount(IndexInBlock);
            writer.Write(Succeeded);
        }

        writer.Write((byte)Outcome);
        writer.Write(ReplacedBy);
        writer.Write(Replaces);
        writer.Write(WaitsSince);
        writer.Write(SettledAt);
        writer.Write(ListOrdinal);
    }

    private void EncodeBody(EntryWriter writer)
    {
        writer.Write(HasBody);
        if (HasBody)
        {
            writer.Write((byte)Type);
            writer.Write(Fees.MaxFee);
            writer.Write(Fees.MaxPriorityFee);
            writer.Write(Fees.MaxBlobFee);
            writer.WriteCount(BlobCount);
            writer.WriteCount(AuthorizationCount);
        }
    }
}
