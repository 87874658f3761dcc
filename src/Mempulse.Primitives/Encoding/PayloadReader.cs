using System.Runtime.CompilerServices;

namespace Mempulse.Primitives.Encoding;

/// <summary>Reads an item of a list in a payload.</summary>
/// <typeparam name="T">The item's type.</typeparam>
public delegate T ItemReader<T>(ref PayloadReader fields);

/// <summary>Returns the length of the item at the start of <paramref name="bytes"/> if it is valid and easily passed over, else 0.</summary>
internal delegate int ItemMeasure(ReadOnlySpan<byte> bytes);

/// <summary>Reads the fields of a payload in the order of their keys. A missing or nil key takes its default; keys past the known ones are skipped.</summary>
/// <remarks>Any malformed input throws <see cref="EventDecodeException"/>. Spans it returns point into the input.</remarks>
public ref struct PayloadReader
{
    private MessagePackReader _values;
    private int _left;

    /// <summary>Starts before the first field.</summary>
    /// <exception cref="EventDecodeException">The payload is not an array.</exception>
    public PayloadReader(ReadOnlySpan<byte> payload)
    {
        _values = new MessagePackReader(payload);
        _left = _values.ReadArrayHeader();
    }

    /// <summary>True when every field and every byte was read.</summary>
    public readonly bool AtEnd => _left == 0 && _values.AtEnd;

    /// <summary>An unsigned number; 0 when missing.</summary>
    public ulong Number() => Next() ? _values.ReadUInt64() : 0;

    /// <summary>An unsigned number with its own default.</summary>
    public ulong Number(ulong missing) => Next() ? _values.ReadUInt64() : missing;

    /// <summary>An unsigned number, or null when missing.</summary>
    public ulong? NullableNumber() => Next() ? _values.ReadUInt64() : null;

    /// <summary>An unsigned number of 32 bits with its own default.</summary>
    public uint Number(uint missing) => Next() ? (uint)_values.ReadUInt64(uint.MaxValue) : missing;

    /// <summary>A count or an index; 0 when missing.</summary>
    public int Count() => Next() ? (int)_values.ReadUInt64(int.MaxValue) : 0;

    /// <summary>A count or an index, or null when missing.</summary>
    public int? NullableCount() => Next() ? (int)_values.ReadUInt64(int.MaxValue) : null;

    /// <summary>A boolean; false when missing.</summary>
    public bool Flag() => Next() && _values.ReadBoolean();

    /// <summary>A number of 0, 1 or 2 as <see cref="IFieldWriter.Ternary"/> writes it; 0 when missing.</summary>
    public int Ternary() => !Next() ? 0 : _values.ReadBoolean() ? 1 : 2;

    /// <summary>A text; empty when missing.</summary>
    public string Text() => (Next() ? _values.ReadString() : null) ?? string.Empty;

    /// <summary>An enum's number, to be cast; 0 when missing. A number without a name in this version is kept as it is.</summary>
    public int Code() => Next() ? (int)_values.ReadUInt64(ushort.MaxValue) : 0;

    /// <summary>The same for an enum whose number must fit into a byte.</summary>
    public int ByteCode() => Next() ? (int)_values.ReadUInt64(byte.MaxValue) : 0;

    /// <summary>A hash; the zero hash when missing.</summary>
    public Hash256 Hash() => Next() ? _values.ReadHash() : default;

    /// <summary>A hash, or null when missing.</summary>
    public Hash256? NullableHash() => Next() ? _values.ReadHash() : null;

    /// <summary>An account; the zero address when missing.</summary>
    public Address Address() => Next() ? _values.ReadAddress() : default;

    /// <summary>An account, or null when missing.</summary>
    public Address? NullableAddress() => Next() ? _values.ReadAddress() : null;

    /// <summary>A 256-bit number; 0 when missing.</summary>
    public UInt256 Amount() => Next() ? _values.ReadUInt256() : default;

    /// <summary>A gain or a loss, from two keys; zero when missing.</summary>
    public WeiDelta Delta()
    {
        var amount = new Wei(Amount());
        return Flag() ? WeiDelta.Loss(amount) : WeiDelta.Gain(amount);
    }

    /// <summary>The first four bytes of call data, or null when missing.</summary>
    public uint? Selector() => Next() ? (uint)_values.ReadUInt64(uint.MaxValue) : null;

    /// <summary>Bytes; empty when missing. Points into the input.</summary>
    public ReadOnlySpan<byte> Bytes() => Next() ? _values.ReadBytes() : default;

    /// <summary>A list of items with their own fields; empty when missing.</summary>
    public T[] List<T>(ItemReader<T> read)
    {
        var items = Next() ? NewArray<T>() : [];
        int leftAfter = _left;
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = ReadItem(read);
        }

        _left = leftAfter;
        return items;
    }

    /// <summary>A list of hashes; empty when missing.</summary>
    public Hash256[] Hashes()
    {
        var hashes = Next() ? NewArray<Hash256>() : [];
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = _values.ReadHash();
        }

        return hashes;
    }

    /// <summary>A list of hashes that is checked and not kept: its bytes, and how many hashes it has.</summary>
    internal ReadOnlySpan<byte> CheckedHashes(out int count)
    {
        count = 0;
        if (!Next())
        {
            return default;
        }

        var list = _values.Unread;
        count = _values.ReadArrayHeader();
        for (int i = 0; i < count; i++)
        {
            _values.ReadHash();
        }

        return list[..^_values.Remaining];
    }

    /// <summary>A list whose items are checked and not kept: its bytes, for <see cref="ReadList"/>, and how many items it has.</summary>
    internal ReadOnlySpan<byte> CheckedList<T>(ItemReader<T> read, out int count) => MeasuredList(read, static _ => 0, out count);

    /// <summary>The same for items of which most can be passed over without reading their fields.</summary>
    internal ReadOnlySpan<byte> MeasuredList<T>(ItemReader<T> read, ItemMeasure measure, out int count)
    {
        count = 0;
        if (!Next())
        {
            return default;
        }

        var list = _values.Unread;
        int leftAfter = _left;
        count = _values.ReadArrayHeader();
        for (int i = 0; i < count; i++)
        {
            if (measure(_values.Unread) is var length and > 0)
            {
                _values.PassOver(length);
            }
            else
            {
                ReadItem(read);
            }
        }

        _left = leftAfter;
        return list[..^_values.Remaining];
    }

    /// <summary>Reads the list that <see cref="CheckedList"/> returned.</summary>
    internal static T[] ReadList<T>(ReadOnlySpan<byte> list, ItemReader<T> read)
    {
        var field = new PayloadReader { _values = new MessagePackReader(list), _left = 1 };
        return field.List(read);
    }

    /// <summary>The items of a list that <see cref="CheckedList"/> returned.</summary>
    internal static ReadOnlySpan<byte> ItemsOf(ReadOnlySpan<byte> list)
    {
        if (list.IsEmpty)
        {
            return list;
        }

        var values = new MessagePackReader(list);
        values.ReadArrayHeader();
        return values.Unread;
    }

    /// <summary>Skips the keys that a newer version added.</summary>
    /// <returns>The number of bytes after the payload's end; 0 in a well-formed record.</returns>
    public int SkipRest()
    {
        for (; _left > 0; _left--)
        {
            _values.Skip();
        }

        return _values.Remaining;
    }

    private T ReadItem<T>(ItemReader<T> read)
    {
        _left = _values.ReadArrayHeader();
        var item = read(ref this);
        SkipRest();
        return item;
    }

    /// <summary>Steps to the next key; true when it has a value, which must be read next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // the step of every field
    private bool Next()
    {
        if (_left == 0)
        {
            return false;
        }

        _left--;
        return !_values.TryReadNil();
    }

    /// <summary>Room for the list that starts here; the reader lets no list have more items than bytes are left.</summary>
    private T[] NewArray<T>()
    {
        int count = _values.ReadArrayHeader();
        return count == 0 ? [] : new T[count];
    }
}
