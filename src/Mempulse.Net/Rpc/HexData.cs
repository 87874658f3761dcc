using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Mempulse.Primitives;

namespace Mempulse.Net.Rpc;

/// <summary>Hex of JSON-RPC, read in place.</summary>
/// <remarks>execution-apis, "Hex encoding".</remarks>
internal static class HexData
{
    /// <summary>A hash, if the element is one.</summary>
    public static bool TryReadHash(JsonElement element, out Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        var digits = Digits(element);
        bool isHash = digits.Length == 2 * Hash256.Size && Convert.FromHexString(digits, bytes, out _, out _) == OperationStatus.Done;
        hash = isHash ? new Hash256(bytes) : default;
        return isHash;
    }

    /// <summary>Data of any length, if the element is that.</summary>
    public static bool TryReadBytes(JsonElement element, out byte[] bytes)
    {
        var digits = Digits(element);
        bytes = new byte[digits.Length / 2];
        return digits.Length % 2 == 0 && digits.Length > 0 && Convert.FromHexString(digits, bytes, out _, out _) == OperationStatus.Done;
    }

    /// <summary>A quantity of at most 64 bits, if the element is one.</summary>
    public static bool TryReadUInt64(JsonElement element, out ulong value)
    {
        value = 0;
        return ulong.TryParse(Digits(element), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>A quantity as JSON-RPC writes it.</summary>
    public static string Quantity(ulong value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture);

    private static ReadOnlySpan<byte> Digits(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return default;
        }

        var text = JsonMarshal.GetRawUtf8Value(element)[1..^1];
        return text.StartsWith("0x"u8) ? text[2..] : default;
    }
}
