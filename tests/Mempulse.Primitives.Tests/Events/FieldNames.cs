using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;

namespace Mempulse.Primitives.Tests.Events;

/// <summary>Records which field has which payload key; a field of an item is listed under its list.</summary>
internal sealed class FieldNames : IFieldWriter
{
    private readonly SortedSet<(string List, int Key, string Name)> _names = [];
    private string _list = string.Empty;
    private int _key;

    /// <summary>The fields of some events of one kind, each once: the list it is in, its key, its name.</summary>
    public static IEnumerable<(string List, int Key, string Name)> Of(IEnumerable<LogEvent> events)
    {
        var names = new FieldNames();
        foreach (var sample in events)
        {
            names._key = 0;
            sample.WriteFields(ref names);
        }

        return names._names;
    }

    public void Number(string name, ulong value) => Add(name);

    public void NullableNumber(string name, ulong? value) => Add(name);

    public void Flag(string name, bool value) => Add(name);

    public void Ternary<TEnum>(string name, TEnum value)
        where TEnum : struct, Enum => Add(name);

    public void Text(string name, string value) => Add(name);

    public void Code<TEnum>(string name, TEnum value)
        where TEnum : struct, Enum => Add(name);

    public void Hash(string name, in Hash256 value) => Add(name);

    public void HashOrUnknown(string name, in Hash256 value) => Add(name);

    public void NullableHash(string name, Hash256? value) => Add(name);

    public void Address(string name, in Address value) => Add(name);

    public void NullableAddress(string name, Address? value) => Add(name);

    public void Amount(string name, in UInt256 value) => Add(name);

    public void Delta(string name, WeiDelta value)
    {
        Add(name);
        _key++; // the sign has a key and no name
    }

    public void Selector(string name, uint? value) => Add(name);

    public void Bytes(string name, ReadOnlySpan<byte> value) => Add(name);

    public void TrailingHash(string name, Hash256? value) => Add(name);

    public void TrailingNumber(string name, ulong value) => Add(name);

    public void TrailingCode<TEnum>(string name, TEnum value)
        where TEnum : struct, Enum => Add(name);

    public void TrailingText(string name, string value) => Add(name);

    public void TrailingHashes(string name, IReadOnlyList<Hash256> value) => Add(name);

    public void BeginList(string name, int count)
    {
        Add(name);
        _list = _list.Length == 0 ? name : $"{_list}.{name}";
    }

    public void Item<TItem>(in TItem item)
        where TItem : IFieldGroup
    {
        int key = _key;
        _key = 0;
        var fields = this;
        item.WriteFields(ref fields);
        _key = key;
    }

    public void Item(in Hash256 hash)
    {
    }

    public void EndList() => _list = _list.Contains('.', StringComparison.Ordinal) ? _list[.._list.LastIndexOf('.')] : string.Empty;

    private void Add(string name)
    {
        _names.Add((_list, _key, name));
        _key++;
    }
}
