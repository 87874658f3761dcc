using System.Runtime.InteropServices;
using Mempulse.Features.Registry;
using Mempulse.Primitives;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Book;

/// <summary>A pool and the states that it had in the blocks that a reorg can undo, the newest last.</summary>
internal sealed class PoolEntry(PoolDescriptor descriptor) : StateEntry, IKeyed<PoolKey>
{
    public const byte EntryTag = 0x3d;

    private readonly List<PoolVersion> _versions = [];
    private BookPool? _current;

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public PoolKey Key => Descriptor.Key;

    public PoolDescriptor Descriptor { get; } = descriptor;

    public PoolStanding Standing { get; private set; }

    /// <summary>The block at which it was read: events up to there are in its state already.</summary>
    public BlockNumber ReadAt { get; private set; }

    /// <summary>True if the state began with proven values.</summary>
    public bool IsProven { get; private set; }

    /// <summary>True if the contract emitted an event since that was not applied because nothing is known about it.</summary>
    public bool HasUnknownLog { get; set; }

    /// <summary>The states that are kept; only while it is held.</summary>
    public ReadOnlySpan<PoolVersion> Versions => CollectionsMarshal.AsSpan(_versions);

    /// <summary>The newest of them.</summary>
    public PoolVersion Newest => _versions[^1];

    /// <summary>What strategies see; only while it is held.</summary>
    public BookPool Current => _current ??= new BookPool(
        Key, Descriptor.Protocol, [Descriptor.Tokens.Low, Descriptor.Tokens.High], Newest.State.ToPool(Descriptor.Tier), IsProven);

    /// <summary>Takes what was read.</summary>
    public void Observe(PoolState? state, BlockNumber at, bool isProven)
    {
        Forget();
        (ReadAt, IsProven) = (at, isProven);
        Standing = state is null ? PoolStanding.Absent : PoolStanding.Held;
        if (state is not null)
        {
            _versions.Add(new PoolVersion(at, state));
        }
    }

    /// <summary>Takes the state after an event.</summary>
    /// <param name="state">The state.</param>
    /// <param name="at">The height of the event's block.</param>
    /// <param name="final">The highest height that no reorg can undo.</param>
    public void Move(PoolState state, BlockNumber at, BlockNumber? final)
    {
        if (Newest.Since == at)
        {
            _versions[^1] = new PoolVersion(at, state);
        }
        else
        {
            _versions.Add(new PoolVersion(at, state));
            int settled = _versions.FindLastIndex(version => version.Since <= final);
            _versions.RemoveRange(0, int.Max(settled, 0));
        }

        _current = null;
    }

    /// <summary>Takes back what happened from a height on.</summary>
    public void Undo(BlockNumber from)
    {
        _versions.RemoveAll(version => version.Since >= from);
        _current = null;
        if (_versions.Count == 0)
        {
            Forget();
        }
    }

    /// <summary>Nothing is known any more: it is to be read.</summary>
    public void Forget()
    {
        _versions.Clear();
        (_current, Standing, ReadAt, IsProven, HasUnknownLog) = (null, PoolStanding.Wanted, default, false, false);
    }

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
        writer.Write(IsProven);
        writer.Write(HasUnknownLog);
        writer.WriteCount(_versions.Count);
        foreach (var version in _versions)
        {
            writer.Write(version.Since.Value);
            version.State.Encode(writer);
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
            Standing = reader.ReadEnum(PoolStanding.Absent),
            ReadAt = new BlockNumber(reader.ReadUInt64()),
            IsProven = reader.ReadBoolean(),
            HasUnknownLog = reader.ReadBoolean(),
        };
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            entry._versions.Add(new PoolVersion(new BlockNumber(reader.ReadUInt64()), PoolState.Decode(form, ref reader)));
        }

        return entry._versions.Count > 0 == (entry.Standing == PoolStanding.Held) ? entry : throw reader.Malformed($"pool {key} is {entry.Standing} and has {entry._versions.Count} states");
    }
}
