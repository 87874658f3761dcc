using System.Buffers.Binary;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Records;

/// <summary>A record, read in place; each property decodes when it is read.</summary>
/// <remarks>Points into the batch it came from and must not outlive it.</remarks>
public readonly ref struct RecordView
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _keysStart;
    private readonly int _payloadStart;

    /// <summary>Reads the header of <paramref name="bytes"/>, a whole record without length and CRC.</summary>
    /// <exception cref="EventDecodeException">The record is shorter than its header states.</exception>
    public RecordView(GlobalSeq seq, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < RecordLayout.FixedSize)
        {
            throw new EventDecodeException($"A record of {bytes.Length} bytes is too short: expected at least {RecordLayout.FixedSize}.");
        }

        Seq = seq;
        _bytes = bytes;
        byte flags = bytes[RecordLayout.Flags];
        _keysStart = RecordLayout.FixedSize + ((flags & RecordLayout.HasCause) != 0 ? RecordLayout.CauseSize : 0);
        _payloadStart = _keysStart + KeysSize(flags, EventKeys.KindCount);
        if (_payloadStart > bytes.Length)
        {
            throw new EventDecodeException($"The record is too short for its keys: expected at least {_payloadStart} bytes, found {bytes.Length}.");
        }
    }

    /// <summary>True when <paramref name="bytes"/> are long enough for the header and keys that they announce.</summary>
    internal static bool HasForm(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < RecordLayout.FixedSize)
        {
            return false;
        }

        byte flags = bytes[RecordLayout.Flags];
        return RecordLayout.FixedSize + ((flags & RecordLayout.HasCause) != 0 ? RecordLayout.CauseSize : 0) + KeysSize(flags, EventKeys.KindCount) <= bytes.Length;
    }

    /// <summary>The record's position in the log.</summary>
    public GlobalSeq Seq { get; }

    /// <summary>The kind of event; a record of an unknown kind is still valid.</summary>
    public EventKind Kind => (EventKind)BinaryPrimitives.ReadUInt16LittleEndian(_bytes);

    /// <summary>The version of the payload, from 1.</summary>
    public byte Version => _bytes[RecordLayout.Version];

    /// <summary>The lane that produced it.</summary>
    public LaneId Lane => new(BinaryPrimitives.ReadUInt32LittleEndian(_bytes[RecordLayout.Lane..]));

    /// <summary>A fact's number in its lane, or a derived event's ordinal.</summary>
    public ulong LocalSeq => BinaryPrimitives.ReadUInt64LittleEndian(_bytes[RecordLayout.LocalSeq..]);

    /// <summary>When it was observed.</summary>
    public UnixNanoseconds Timestamp => new(BinaryPrimitives.ReadInt64LittleEndian(_bytes[RecordLayout.Timestamp..]));

    /// <summary>The source it was observed at, or <c>default</c>.</summary>
    public SourceId Source => new(BinaryPrimitives.ReadUInt64LittleEndian(_bytes[RecordLayout.Source..]));

    /// <summary>True for an event that follows from a fact.</summary>
    public bool IsDerived => (_bytes[RecordLayout.Flags] & RecordLayout.HasCause) != 0;

    /// <summary>The fact it follows from, or <see cref="GlobalSeq.None"/>.</summary>
    public GlobalSeq Cause => IsDerived
        ? new GlobalSeq(BinaryPrimitives.ReadUInt64LittleEndian(_bytes[RecordLayout.FixedSize..]))
        : GlobalSeq.None;

    /// <summary>All of the producer's metadata.</summary>
    public RecordMeta Meta => new(Lane, LocalSeq, Timestamp, Source, Cause);

    /// <summary>The MessagePack payload.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[_payloadStart..];

    /// <summary>The whole record without length and CRC.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>True if every byte is equal but those of <see cref="LocalSeq"/>: the same event, of a lane that has others before it.</summary>
    public bool EqualsButLocalSeq(in RecordView other) =>
        _bytes[..RecordLayout.LocalSeq].SequenceEqual(other._bytes[..RecordLayout.LocalSeq]) && _bytes[RecordLayout.Timestamp..].SequenceEqual(other._bytes[RecordLayout.Timestamp..]);

    /// <summary>One bit for each <see cref="KeyKind"/> that is present.</summary>
    public byte PresentKeys => (byte)(_bytes[RecordLayout.Flags] & RecordLayout.KeyMask);

    /// <summary>The key of one kind, if present.</summary>
    public bool TryGetKey(KeyKind kind, out EventKey key)
    {
        byte flags = _bytes[RecordLayout.Flags];
        if ((flags & (1 << (int)kind)) == 0)
        {
            key = default;
            return false;
        }

        var bytes = _bytes.Slice(_keysStart + KeysSize(flags, (int)kind), EventKeys.SizeOf(kind));
        key = kind == KeyKind.Sender ? EventKey.Sender(new Address(bytes)) : new EventKey(kind, new Hash256(bytes));
        return true;
    }

    /// <summary>The transaction key.</summary>
    /// <exception cref="EventDecodeException">The key is missing.</exception>
    public Hash256 TxKey => Key(KeyKind.Tx).Value;

    /// <summary>The block key.</summary>
    /// <exception cref="EventDecodeException">The key is missing.</exception>
    public Hash256 BlockKey => Key(KeyKind.Block).Value;

    /// <summary>The sender key.</summary>
    /// <exception cref="EventDecodeException">The key is missing.</exception>
    public Address SenderKey => Key(KeyKind.Sender).ToAddress();

    /// <summary>The peer key.</summary>
    /// <exception cref="EventDecodeException">The key is missing.</exception>
    public Hash256 PeerKey => Key(KeyKind.Peer).Value;

    /// <summary>The simulation key.</summary>
    /// <exception cref="EventDecodeException">The key is missing.</exception>
    public Hash256 SimKey => Key(KeyKind.Sim).Value;

    /// <summary>The opportunity key.</summary>
    /// <exception cref="EventDecodeException">The key is missing.</exception>
    public Hash256 OppKey => Key(KeyKind.Opp).Value;

    /// <summary>The bundle key.</summary>
    /// <exception cref="EventDecodeException">The key is missing.</exception>
    public Hash256 BundleKey => Key(KeyKind.Bundle).Value;

    /// <summary>Checks that the record has a key.</summary>
    /// <exception cref="EventDecodeException">The key is missing.</exception>
    internal void Require(KeyKind kind)
    {
        if ((PresentKeys & (1 << (int)kind)) == 0)
        {
            Key(kind);
        }
    }

    /// <summary>A key that the record must have.</summary>
    /// <exception cref="EventDecodeException">The key is missing.</exception>
    public EventKey Key(KeyKind kind) => TryGetKey(kind, out var key)
        ? key
        : throw Missing(kind);

    private EventDecodeException Missing(KeyKind kind) => new($"The record at {Seq}, of kind {(int)Kind}, has no {kind} key.");

    /// <summary>Bytes that the keys of the kinds below a number take: 32 each, and 20 for a sender.</summary>
    private static int KeysSize(byte flags, int kindsBelow)
    {
        int present = flags & ((1 << kindsBelow) - 1);
        int sender = present >> (int)KeyKind.Sender & 1;
        return (System.Numerics.BitOperations.PopCount((uint)present) * Hash256.Size) - (sender * (Hash256.Size - Address.Size));
    }
}
