using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Replay.Pool;

/// <summary>A transaction that the fold holds. Its status is computed from its block, its outcome and its account, and is not stored.</summary>
/// <remarks>
/// Entries are reused after they leave (<see cref="TxTable.Leave"/>), so a long run produces no garbage. Only the tables, the lists and
/// the account's slots may keep a reference between two events.
/// </remarks>
internal sealed class TxEntry(Hash256 hash) : StateEntry, IKeyed<Hash256>, IListed
{
    private TxSpread _spread;
    private StoredFees _fees;
    private TxRivals? _rivals; // few transactions have any

    public override byte Tag => PoolTags.Tx;

    public Hash256 Hash { get; private set; } = hash;

    /// <inheritdoc/>
    Hash256 IKeyed<Hash256>.Key => Hash;

    /// <summary>Time of the first fact about it.</summary>
    public UnixNanoseconds FirstAt { get; set; }

    /// <summary>Which observers announced it, and when; written by the observation rules.</summary>
    public ref TxSpread Spread => ref _spread;

    /// <summary>Its sender; null until a body or a block names it.</summary>
    public AccountEntry? Account { get; set; }

    public ulong Nonce { get; set; }

    public bool HasBody { get; private set; }

    public TxType Type { get; private set; }

    public TxFees Fees
    {
        get => _fees.Value;
        private set => _fees = new StoredFees(value);
    }

    /// <summary>Gas that it may use; zero while its body is not known.</summary>
    public Gas GasLimit { get; private set; }

    public int BlobCount { get; private set; }

    public int AuthorizationCount { get; private set; }

    /// <summary>The canonical block that includes it.</summary>
    public BlockRef? Block { get; set; }

    public int IndexInBlock { get; set; }

    /// <summary>What is known of its execution in <see cref="Block"/>; unknown without a block.</summary>
    public ExecutionOutcome Execution { get; private set; }

    /// <summary>True when a node claims the outcome and the receiptsRoot could not confirm it.</summary>
    public bool IsExecutionUnverified { get; private set; }

    public TxOutcome Outcome { get; set; }

    /// <summary>The transaction that replaced it; zero if it was not replaced, or its replacement is unknown.</summary>
    public Hash256 ReplacedBy
    {
        get => _rivals?.ReplacedBy ?? Hash256.Zero;
        set => SetRivals(value, Replaces);
    }

    /// <summary>The transaction that it replaced; zero for none.</summary>
    public Hash256 Replaces
    {
        get => _rivals?.Replaces ?? Hash256.Zero;
        set => SetRivals(ReplacedBy, value);
    }

    /// <summary>The sources that it has left while it waits; null if there are none.</summary>
    public TxLeavings? Leavings { get; set; }

    /// <summary>True when no connected source whose pool is checked still has it.</summary>
    public bool IsLeft => Leavings is { IsComplete: true };

    /// <summary>True when it can be judged by what it pays: its body is known, and a source may have it.</summary>
    public bool IsBidding => HasBody && !IsLeft;

    /// <summary>Block time from which its wait counts, in seconds; 0 before the first block.</summary>
    public ulong WaitsSince { get; set; }

    /// <summary>Height of the head when it settled.</summary>
    public ulong SettledAt { get; set; }

    /// <summary>The round of announcements in which its state was announced. Meaningless between events.</summary>
    public ulong AnnouncedInRound { get; set; }

    /// <inheritdoc/>
    public ulong ListOrdinal { get; set; }

    /// <summary>True when it is neither in a block nor settled.</summary>
    public bool IsWaiting => Block is null && Outcome == TxOutcome.Open;

    /// <summary>True when it is confirmed on a chain that was abandoned.</summary>
    public bool IsAbandoned => Block is { IsAbandoned: true };

    /// <summary>True when the account lists it under its nonce; a contradiction in the chain can end that.</summary>
    public bool HoldsNonce => Account is not null && ReferenceEquals(Account.Slots.HolderOf(Nonce), this);

    /// <summary>Its status.</summary>
    public TxState State => Block is { } block ? (block.IsFinal ? TxState.Confirmed : TxState.Included)
        : Outcome == TxOutcome.Expired ? TxState.Expired
        : Outcome != TxOutcome.Open ? TxState.Replaced
        : IsLeft ? TxState.Left
        : Account is null ? TxState.Seen
        : Nonce < Account.ReadyEnd ? TxState.Pending
        : TxState.Queued;

    /// <summary>Resets the entry for another transaction.</summary>
    public void Reuse(in Hash256 hash)
    {
        Hash = hash;
        _spread.Clear();
        Account = null;
        Nonce = 0;
        HasBody = false;
        Type = default;
        Fees = default;
        GasLimit = default;
        BlobCount = 0;
        AuthorizationCount = 0;
        Block = null;
        IndexInBlock = 0;
        ClearExecution();
        Outcome = TxOutcome.Open;
        _rivals = null;
        Leavings = null;
        WaitsSince = 0;
        SettledAt = 0;
        AnnouncedInRound = 0;
    }

    public void SetBody(in TxBody body)
    {
        HasBody = true;
        Type = body.Type;
        Fees = body.Fees;
        GasLimit = body.GasLimit;
        BlobCount = body.BlobCount;
        AuthorizationCount = body.AuthorizationCount;
    }

    public void SetExecution(ExecutionOutcome outcome, bool isUnverified)
    {
        Execution = outcome;
        IsExecutionUnverified = isUnverified;
    }

    /// <summary>Forgets the outcome, because the block that it belongs to left the chain.</summary>
    public void ClearExecution() => SetExecution(ExecutionOutcome.Unknown, isUnverified: false);

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Hash);
        writer.Write(FirstAt.Value);
        _spread.Encode(writer);
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
            writer.Write((byte)Execution);
            writer.Write(IsExecutionUnverified);
            writer.Write(block.IsAbandoned);
        }

        writer.Write((byte)Outcome);
        writer.Write(ReplacedBy);
        writer.Write(Replaces);
        writer.Write(WaitsSince);
        writer.Write(SettledAt);
        writer.Write(ListOrdinal);
        writer.Write(Leavings is not null);
        Leavings?.Encode(writer);
    }

    private void SetRivals(in Hash256 replacedBy, in Hash256 replaces) =>
        _rivals = replacedBy.IsZero && replaces.IsZero ? null : new TxRivals(replacedBy, replaces);

    private void EncodeBody(EntryWriter writer)
    {
        writer.Write(HasBody);
        if (HasBody)
        {
            writer.Write((byte)Type);
            writer.Write(Fees.MaxFee);
            writer.Write(Fees.MaxPriorityFee);
            writer.Write(Fees.MaxBlobFee);
            writer.Write(GasLimit.Value);
            writer.WriteCount(BlobCount);
            writer.WriteCount(AuthorizationCount);
        }
    }
}
