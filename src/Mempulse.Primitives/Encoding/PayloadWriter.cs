using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Mempulse.Primitives.Encoding;

/// <summary>Writes fields as a payload: a MessagePack array whose indexes are the keys.</summary>
/// <remarks>Names are not written. <see cref="End"/> must be called once after the last field: it writes how many there were.</remarks>
public ref struct PayloadWriter : IFieldWriter
{
    private const int ShortHeaderSize = 1;
    private const int LongHeaderSize = 3;
    private const int MaxShortCount = 15;

    private readonly ByteBuffer _buffer;
    private readonly MessagePackWriter _values;
    private readonly int _start;
    private int _count;

    /// <summary>Starts a payload at the end of <paramref name="buffer"/>.</summary>
    public PayloadWriter(ByteBuffer buffer)
    {
        _buffer = buffer;
        _values = new MessagePackWriter(buffer);
        _start = buffer.Length;
        _count = 0;
        buffer.Append(ShortHeaderSize);
    }

    /// <inheritdoc/>
    public void Number(string name, ulong value)
    {
        _count++;
        _values.Write(value);
    }

    /// <inheritdoc/>
    public void NullableNumber(string name, ulong? value)
    {
        _count++;
        if (value is { } number)
        {
            _values.Write(number);
        }
        else
        {
            _values.WriteNil();
        }
    }

    /// <inheritdoc/>
    public void Flag(string name, bool value)
    {
        _count++;
        _values.Write(value);
    }

    /// <inheritdoc/>
    public void Ternary<TEnum>(string name, TEnum value)
        where TEnum : struct, Enum
    {
        _count++;
        int number = Unsafe.BitCast<TEnum, int>(value);
        if (number == 0)
        {
            _values.WriteNil();
        }
        else
        {
            _values.Write(number == 1);
        }
    }

    /// <inheritdoc/>
    public void Text(string name, string value)
    {
        _count++;
        _values.Write(value);
    }

    /// <inheritdoc/>
    public void Code<TEnum>(string name, TEnum value)
        where TEnum : struct, Enum
    {
        _count++;

        // Every enum of an event has int as its type (CA1028); another size would throw here, not misread.
        _values.Write((ulong)Unsafe.BitCast<TEnum, int>(value));
    }

    /// <inheritdoc/>
    public void Hash(string name, in Hash256 value)
    {
        _count++;
        _values.Write(value);
    }

    /// <inheritdoc/>
    public void HashOrUnknown(string name, in Hash256 value) => Hash(name, value);

    /// <inheritdoc/>
    public void NullableHash(string name, Hash256? value)
    {
        _count++;
        if (value is { } hash)
        {
            _values.Write(hash);
        }
        else
        {
            _values.WriteNil();
        }
    }

    /// <inheritdoc/>
    public void Address(string name, in Address value)
    {
        _count++;
        _values.Write(value);
    }

    /// <inheritdoc/>
    public void NullableAddress(string name, Address? value)
    {
        _count++;
        if (value is { } address)
        {
            _values.Write(address);
        }
        else
        {
            _values.WriteNil();
        }
    }

    /// <inheritdoc/>
    public void Amount(string name, in UInt256 value)
    {
        _count++;
        _values.Write(value);
    }

    /// <inheritdoc/>
    public void Delta(string name, WeiDelta value)
    {
        _count += 2;
        _values.Write(value.Amount.Value);
        _values.Write(value.IsLoss);
    }

    /// <inheritdoc/>
    public void Selector(string name, uint? value) => NullableNumber(name, value);

    /// <inheritdoc/>
    public void Bytes(string name, ReadOnlySpan<byte> value)
    {
        _count++;
        _values.Write(value);
    }

    /// <inheritdoc/>
    public void TrailingHash(string name, Hash256? value)
    {
        if (value is { } hash)
        {
            Hash(name, hash);
        }
    }

    /// <inheritdoc/>
    public void TrailingNumber(string name, ulong value)
    {
        if (value != 0)
        {
            Number(name, value);
        }
    }

    /// <inheritdoc/>
    public void TrailingCode<TEnum>(string name, TEnum value)
        where TEnum : struct, Enum
    {
        if (Unsafe.BitCast<TEnum, int>(value) != 0)
        {
            Code(name, value);
        }
    }

    /// <inheritdoc/>
    public void TrailingText(string name, string value)
    {
        if (value.Length > 0)
        {
            Text(name, value);
        }
    }

    /// <inheritdoc/>
    public void TrailingHashes(string name, IReadOnlyList<Hash256> value)
    {
        if (value.Count == 0)
        {
            return;
        }

        BeginList(name, value.Count);
        foreach (var hash in value)
        {
            Item(hash);
        }

        EndList();
    }

    /// <inheritdoc/>
    public void BeginList(string name, int count)
    {
        _count++;
        _values.WriteArrayHeader(count);
    }

    /// <inheritdoc/>
    public readonly void Item<TItem>(in TItem item)
        where TItem : IFieldGroup
    {
        var fields = new PayloadWriter(_buffer);
        item.WriteFields(ref fields);
        fields.End();
    }

    /// <inheritdoc/>
    public readonly void Item(in Hash256 hash) => _values.Write(hash);

    /// <inheritdoc/>
    public readonly void EndList()
    {
    }

    /// <summary>Puts the number of fields in front of them.</summary>
    public readonly void End()
    {
        if (_count <= MaxShortCount)
        {
            _buffer.Written(_start, ShortHeaderSize)[0] = (byte)(MessagePackCode.FixArray | _count);
            return;
        }

        int size = _buffer.Length - _start;
        _buffer.Append(LongHeaderSize - ShortHeaderSize);
        var payload = _buffer.Written(_start, size + LongHeaderSize - ShortHeaderSize);
        payload[ShortHeaderSize..size].CopyTo(payload[LongHeaderSize..]);
        payload[0] = MessagePackCode.Array16;
        BinaryPrimitives.WriteUInt16BigEndian(payload[1..], (ushort)_count);
    }
}
