using System.Text.Json;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Primitives.Json;

/// <summary>Writes fields as members of the JSON object that is open.</summary>
internal readonly ref struct JsonFieldWriter(Utf8JsonWriter json) : IFieldWriter
{
    private readonly Utf8JsonWriter _json = json;

    /// <inheritdoc/>
    public void Number(string name, ulong value) => _json.WriteNumber(name, value);

    /// <inheritdoc/>
    public void NullableNumber(string name, ulong? value)
    {
        if (value is { } number)
        {
            _json.WriteNumber(name, number);
        }
        else
        {
            _json.WriteNull(name);
        }
    }

    /// <inheritdoc/>
    public void Flag(string name, bool value) => _json.WriteBoolean(name, value);

    /// <inheritdoc/>
    public void Ternary<TEnum>(string name, TEnum value)
        where TEnum : struct, Enum => Code(name, value);

    /// <inheritdoc/>
    public void Text(string name, string value) => _json.WriteString(name, value);

    /// <inheritdoc/>
    public void Code<TEnum>(string name, TEnum value)
        where TEnum : struct, Enum => _json.WriteString(name, value.ToString());

    /// <inheritdoc/>
    public void Hash(string name, in Hash256 value) => _json.WriteString(name, value.ToString());

    /// <inheritdoc/>
    public void HashOrUnknown(string name, in Hash256 value) => NullableHash(name, value.IsZero ? null : value);

    /// <inheritdoc/>
    public void NullableHash(string name, Hash256? value) => _json.WriteString(name, value?.ToString());

    /// <inheritdoc/>
    public void Address(string name, in Address value) => _json.WriteString(name, value.ToString());

    /// <inheritdoc/>
    public void NullableAddress(string name, Address? value) => _json.WriteString(name, value?.ToString());

    /// <inheritdoc/>
    public void Amount(string name, in UInt256 value) => _json.WriteString(name, value.ToString());

    /// <inheritdoc/>
    public void Delta(string name, WeiDelta value) => _json.WriteString(name, value.ToString());

    /// <inheritdoc/>
    public void Selector(string name, uint? value) => _json.WriteString(name, value is { } selector ? $"0x{selector:x8}" : null);

    /// <inheritdoc/>
    public void Bytes(string name, ReadOnlySpan<byte> value) => _json.WriteString(name, HexText.Write(value));

    /// <inheritdoc/>
    public void TrailingHash(string name, Hash256? value) => NullableHash(name, value);

    /// <inheritdoc/>
    public void TrailingNumber(string name, ulong value) => Number(name, value);

    /// <inheritdoc/>
    public void TrailingCode<TEnum>(string name, TEnum value)
        where TEnum : struct, Enum => Code(name, value);

    /// <inheritdoc/>
    public void TrailingText(string name, string value) => Text(name, value);

    /// <inheritdoc/>
    public void TrailingHashes(string name, IReadOnlyList<Hash256> value)
    {
        BeginList(name, value.Count);
        foreach (var hash in value)
        {
            Item(hash);
        }

        EndList();
    }

    /// <inheritdoc/>
    public void BeginList(string name, int count) => _json.WriteStartArray(name);

    /// <inheritdoc/>
    public void Item<TItem>(in TItem item)
        where TItem : IFieldGroup
    {
        _json.WriteStartObject();
        var fields = this;
        item.WriteFields(ref fields);
        _json.WriteEndObject();
    }

    /// <inheritdoc/>
    public void Item(in Hash256 hash) => _json.WriteStringValue(hash.ToString());

    /// <inheritdoc/>
    public void EndList() => _json.WriteEndArray();
}
