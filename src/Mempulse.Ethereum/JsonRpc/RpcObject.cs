using System.Text.Json;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.JsonRpc;

/// <summary>Reads the fields of one JSON object and keeps the first failure; a field that cannot be read is a default.</summary>
internal ref struct RpcObject
{
    private readonly JsonElement _element;

    public RpcObject(JsonElement element)
    {
        _element = element;
        if (element.ValueKind != JsonValueKind.Object)
        {
            Failure = new RpcFailure(string.Empty, "expected an object.");
        }
    }

    /// <summary>The first failure.</summary>
    public RpcFailure Failure { get; private set; } = RpcFailure.None;

    /// <summary>True if the field is present and not null.</summary>
    public readonly bool Has(string name) => TryFind(name, out _);

    public void Fail(string name, string reason)
    {
        if (!Failure.IsFailure)
        {
            Failure = new RpcFailure(name, reason);
        }
    }

    /// <summary>Returns the field, or an undefined element if it is absent or null.</summary>
    public readonly JsonElement Optional(string name) => TryFind(name, out var value) ? value : default;

    /// <summary>Reads a quantity of at most 256 bits.</summary>
    public UInt256 Quantity(string name)
    {
        if (!RpcHex.TryReadQuantity(Optional(name), out var value))
        {
            Fail(name, Has(name) ? "expected a hex quantity of at most 256 bits." : "the field is missing.");
        }

        return value;
    }

    /// <summary>Reads a quantity of at most 64 bits.</summary>
    public ulong UInt64(string name)
    {
        var value = Quantity(name);
        if (!value.FitsUInt64)
        {
            Fail(name, "expected a hex quantity of at most 64 bits.");
        }

        return value.LowUInt64;
    }

    public Hash256 Hash(string name)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        return ReadExact(name, bytes) ? new Hash256(bytes) : default;
    }

    public Address Address(string name)
    {
        Span<byte> bytes = stackalloc byte[Primitives.Address.Size];
        return ReadExact(name, bytes) ? new Address(bytes) : default;
    }

    public Address? OptionalAddress(string name) => Has(name) ? Address(name) : null;

    /// <summary>Reads data of any length.</summary>
    public ReadOnlyMemory<byte> Data(string name)
    {
        if (RpcHex.ReadData(Optional(name)) is { } bytes)
        {
            return bytes;
        }

        Fail(name, Has(name) ? "expected hex data." : "the field is missing.");
        return default;
    }

    /// <summary>Reads data of exactly <paramref name="sizeBytes"/> bytes.</summary>
    public ReadOnlyMemory<byte> Data(string name, int sizeBytes)
    {
        var data = Data(name);
        if (data.Length != sizeBytes)
        {
            Fail(name, $"expected hex data of {sizeBytes} bytes.");
        }

        return data;
    }

    /// <summary>Returns the items of an array; no items if the field is absent or null.</summary>
    public JsonElement.ArrayEnumerator OptionalArray(string name)
    {
        var value = Optional(name);
        if (value.ValueKind == JsonValueKind.Array)
        {
            return value.EnumerateArray();
        }

        if (value.ValueKind != JsonValueKind.Undefined)
        {
            Fail(name, "expected an array.");
        }

        return default;
    }

    /// <summary>Reads an array of hashes; no hashes if the field is absent or null.</summary>
    public List<Hash256> Hashes(string name)
    {
        var hashes = new List<Hash256>();
        foreach (var item in OptionalArray(name))
        {
            if (!RpcHex.TryReadHash(item, out var hash))
            {
                Fail(name, $"expected hex data of {Hash256.Size} bytes.");
                break;
            }

            hashes.Add(hash);
        }

        return hashes;
    }

    /// <summary>Keeps the first failure of an item of a list.</summary>
    public void Adopt(RpcFailure inner, string list)
    {
        if (inner.IsFailure)
        {
            Fail($"{list}.{inner.Field}", inner.Reason ?? string.Empty);
        }
    }

    /// <summary>Returns the text values of members that are not listed, in the order of the JSON.</summary>
    public readonly List<string> MembersOutside(string[] known)
    {
        var values = new List<string>();
        if (_element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in _element.EnumerateObject())
            {
                if (member.Value.ValueKind != JsonValueKind.Null && !Array.Exists(known, member.NameEquals))
                {
                    values.Add(RpcHex.ReadText(member.Value));
                }
            }
        }

        return values;
    }

    private bool ReadExact(string name, scoped Span<byte> destination)
    {
        bool isRead = RpcHex.TryReadData(Optional(name), destination);
        if (!isRead)
        {
            Fail(name, Has(name) ? $"expected hex data of {destination.Length} bytes." : "the field is missing.");
        }

        return isRead;
    }

    private readonly bool TryFind(string name, out JsonElement value)
    {
        value = default;
        return _element.ValueKind == JsonValueKind.Object
            && _element.TryGetProperty(name, out value)
            && value.ValueKind != JsonValueKind.Null;
    }
}
