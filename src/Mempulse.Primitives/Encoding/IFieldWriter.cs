namespace Mempulse.Primitives.Encoding;

/// <summary>Receives the fields of an event in the order of their payload keys.</summary>
/// <remarks>
/// An event describes its fields once, to this; the payload in the log and the JSON text are two implementations. The method states what a
/// value is, and so how each of them writes it. Names are the JSON names. Fields are only ever added at the end: docs/formats/events.md.
/// </remarks>
public interface IFieldWriter
{
    /// <summary>An unsigned number; a number in JSON.</summary>
    void Number(string name, ulong value);

    /// <summary>An unsigned number or null.</summary>
    void NullableNumber(string name, ulong? value);

    /// <summary>A boolean.</summary>
    void Flag(string name, bool value);

    /// <summary>A member of an enum whose numbers are 0, 1 and 2: null, true and false in the log, its name in JSON.</summary>
    /// <remarks>For a field that began as a boolean: a known value keeps its bytes, and the third value is the one that a missing field has.</remarks>
    void Ternary<TEnum>(string name, TEnum value)
        where TEnum : struct, Enum;

    /// <summary>A text.</summary>
    void Text(string name, string value);

    /// <summary>A member of an enum: its number in the log, its name in JSON.</summary>
    void Code<TEnum>(string name, TEnum value)
        where TEnum : struct, Enum;

    /// <summary>A hash; hex in JSON.</summary>
    void Hash(string name, in Hash256 value);

    /// <summary>A hash that may be unknown: the zero hash in the log, null in JSON.</summary>
    void HashOrUnknown(string name, in Hash256 value);

    /// <summary>A hash or null.</summary>
    void NullableHash(string name, Hash256? value);

    /// <summary>An account; hex in JSON.</summary>
    void Address(string name, in Address value);

    /// <summary>An account or null.</summary>
    void NullableAddress(string name, Address? value);

    /// <summary>A 256-bit number; a decimal string in JSON.</summary>
    void Amount(string name, in UInt256 value);

    /// <summary>A gain or a loss. It takes two payload keys, the amount and whether it is a loss; a decimal string with its sign in JSON.</summary>
    void Delta(string name, WeiDelta value);

    /// <summary>The first four bytes of call data as a number; hex with eight digits in JSON.</summary>
    void Selector(string name, uint? value);

    /// <summary>Bytes; hex in JSON.</summary>
    void Bytes(string name, ReadOnlySpan<byte> value);

    /// <summary>A last field that was added later: absent from the payload when null, so that older payloads keep their bytes; null in JSON.</summary>
    void TrailingHash(string name, Hash256? value);

    /// <summary>A number that is left out when it is 0. It must be the last field written: a reader takes 0 for a missing one.</summary>
    void TrailingNumber(string name, ulong value);

    /// <summary>A member of an enum that is left out when its number is 0. It must be the last field written: no field after it may have a value unless it has one.</summary>
    void TrailingCode<TEnum>(string name, TEnum value)
        where TEnum : struct, Enum;

    /// <summary>A text that is left out when it is empty. It must be the last field written, or every field after it must be left out with it.</summary>
    void TrailingText(string name, string value);

    /// <summary>A list of hashes that is left out when it is empty. It must be the last field written: a reader takes an empty list for a missing one.</summary>
    void TrailingHashes(string name, IReadOnlyList<Hash256> value);

    /// <summary>Starts a list; exactly <paramref name="count"/> items follow, then <see cref="EndList"/>.</summary>
    void BeginList(string name, int count);

    /// <summary>An item with its own fields.</summary>
    void Item<TItem>(in TItem item)
        where TItem : IFieldGroup;

    /// <summary>An item that is a hash.</summary>
    void Item(in Hash256 hash);

    /// <summary>Ends the list.</summary>
    void EndList();
}
