using Mempulse.Features.Registry;
using Mempulse.Primitives;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Book;

/// <summary>A pool: its state, and what each block that a reorg can undo changed of it.</summary>
internal sealed class PoolEntry(PoolDescriptor descriptor) : StateEntry, IKeyed<PoolKey>
{
    public const byte EntryTag = 0x3d;

    private List<PoolUndo>? _undo; // oldest first; null until the first change
    private BookPool? _current;

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public PoolKey Key => Descriptor.Key;

    public PoolDescriptor Descriptor { get; } = descriptor;

    /// <summary>The pair that it belongs to. Not encoded: the descriptor names the tokens.</summary>
    public PairEntry? Pair { get; set; }

    /// <summary>What happens to it in the block that is being applied; null outside of one. Not encoded: a block is applied within one fact.</summary>
    public MovedState? Moving { get; set; }

    public PoolStanding Standing { get; private set; }

    /// <summary>The block at which it was read.</summary>
    public BlockNumber ReadAt { get; private set; }

    /// <summary>The first block after which its state is not known, while it is set aside.</summary>
    public BlockNumber SetAsideAt { get; private set; }

    /// <summary>True if the state began with proven values.</summary>
    public bool IsProven { get; private set; }

    /// <summary>True if the contract emitted an event since that was not applied because nothing is known about it.</summary>
    public bool HasUnknownLog { get; set; }

    /// <summary>The state; null while nothing is known. Of a pool that is set aside, the state before <see cref="SetAsideAt"/>.</summary>
    public PoolState? State { get; private set; }

    /// <summary>Blocks whose changes can be taken back.</summary>
    public int UndoCount => _undo?.Count ?? 0;

    /// <summary>What strategies see; only while it is held.</summary>
    public BookPool Current => _current ??= new BookPool(
        Key, Descriptor.Protocol, [Descriptor.Tokens.Low, Descriptor.Tokens.High], State!.ToPool(Descriptor.Tier), IsProven);

    /// <summary>Takes the state that was read.</summary>
    public void Observe(PoolState state, BlockNumber at, bool isProven)
    {
        Forget();
        (State, ReadAt, IsProven, Standing) = (state, at, isProven, PoolStanding.Held);
    }

    /// <summary>Takes the state after a block.</summary>
    /// <param name="state">The state.</param>
    /// <param name="at">The height of the block.</param>
    /// <param name="final">The highest height that no reorg can undo.</param>
    public void Move(PoolState state, BlockNumber at, BlockNumber? final)
    {
        _undo ??= [];
        _undo.RemoveAll(undo => undo.At <= final);
        _undo.Add(new PoolUndo(at, PoolChange.Between(State!, state)));
        (State, _current) = (state, null);
    }

    /// <summary>True if it was read, moved or set aside at a height or above.</summary>
    public bool IsSince(BlockNumber number) =>
        State is not null && (ReadAt >= number || (Standing == PoolStanding.SetAside && SetAsideAt >= number) || (UndoCount > 0 && _undo![^1].At >= number));

    /// <summary>Takes back what happened from a height on.</summary>
    public void Undo(BlockNumber from)
    {
        if (ReadAt >= from)
        {
            Forget();
            return;
        }

        if (Standing == PoolStanding.SetAside && SetAsideAt >= from)
        {
            (Standing, SetAsideAt) = (PoolStanding.Held, default);
        }

        for (; UndoCount > 0 && _undo![^1].At >= from; _undo.RemoveAt(_undo.Count - 1))
        {
            State = _undo[^1].Change.Before(State!);
        }

        _current = null;
    }

    /// <summary>The state after a block is not known: the pool is to be read anew.</summary>
    /// <param name="at">The height of the block.</param>
    public void SetAside(BlockNumber at) => (Standing, SetAsideAt, _current) = (PoolStanding.SetAside, at, null);

    /// <summary>Nothing is known any more: it is to be read.</summary>
    public void Forget() => (State, _undo, _current, Standing, ReadAt, SetAsideAt, IsProven, HasUnknownLog) = (null, null, null, PoolStanding.Wanted, default, default, false, false);

    public override void Encode(EntryWriter writer)
    {
        writer.Write(Key.Contract);
        writer.Write(Key.Id);
        writer.Write(Descriptor.Protocol);
        writer.Write((byte)Descriptor.Form);
        writer.Write(Descriptor.Tokens.Low);
        writer.Write(Descriptor.Tokens.High);
        writer.Write(Descriptor.Tier.Fee);
        writer.Write(Descriptor.Tier.Of);
        writer.WriteCount(Descriptor.Tier.Spacing);
        writer.Write((byte)Standing);
        writer.Write(ReadAt.Value);
        writer.Write(SetAsideAt.Value);
        writer.Write(IsProven);
        writer.Write(HasUnknownLog);
        State?.Encode(writer);
        writer.WriteCount(UndoCount);
        for (int i = 0; i < UndoCount; i++)
        {
            writer.Write(_undo![i].At.Value);
            _undo[i].Change.Encode(writer);
        }
    }

    public static PoolEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        var key = new PoolKey(reader.ReadAddress(), reader.ReadHash());
        string protocol = reader.ReadString();
        var form = reader.ReadEnum(PoolForm.Ticks);
        var tokens = new TokenPair(reader.ReadAddress(), reader.ReadAddress());
        var tier = new PoolTier(reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadInt32());
        var entry = new PoolEntry(new PoolDescriptor(key, protocol, form, tokens, tier))
        {
            Standing = reader.ReadEnum(PoolStanding.SetAside),
            ReadAt = new BlockNumber(reader.ReadUInt64()),
            SetAsideAt = new BlockNumber(reader.ReadUInt64()),
            IsProven = reader.ReadBoolean(),
            HasUnknownLog = reader.ReadBoolean(),
        };
        entry.State = entry.Standing == PoolStanding.Wanted ? null : PoolState.Decode(form, ref reader);
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            entry._undo ??= [];
            entry._undo.Add(new PoolUndo(new BlockNumber(reader.ReadUInt64()), PoolChange.Decode(form, ref reader)));
        }

        return entry.State is not null || entry.UndoCount == 0 ? entry : throw reader.Malformed($"pool {key} has no state and {entry.UndoCount} changes");
    }
}
