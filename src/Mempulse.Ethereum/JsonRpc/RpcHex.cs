using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.JsonRpc;

/// <summary>Reads and writes the two hex encodings of JSON-RPC: quantities (any number of digits) and data (two digits per byte).</summary>
/// <remarks>execution-apis, "Hex encoding". Leading zeros of quantities are accepted, because several nodes write them.</remarks>
public static class RpcHex
{
    private const int MaxQuantityDigits = 64;

    /// <summary>Reads a quantity of at most 256 bits.</summary>
    public static bool TryReadQuantity(JsonElement element, out UInt256 value)
    {
        value = default;
        if (element.ValueKind == JsonValueKind.Number)
        {
            // Not by the specification, and without a second meaning.
            bool isWhole = element.TryGetUInt64(out ulong number);
            value = number;
            return isWhole;
        }

        var digits = Digits(element);
        if (digits.Length is 0 or > MaxQuantityDigits)
        {
            return false;
        }

        Span<byte> padded = stackalloc byte[MaxQuantityDigits];
        padded.Fill((byte)'0');
        digits.CopyTo(padded[(MaxQuantityDigits - digits.Length)..]);
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        if (Convert.FromHexString(padded, bytes, out _, out _) != OperationStatus.Done)
        {
            return false;
        }

        value = UInt256.FromBigEndian(bytes);
        return true;
    }

    /// <summary>Reads a quantity of at most 64 bits.</summary>
    public static bool TryReadUInt64(JsonElement element, out ulong value)
    {
        bool isRead = TryReadQuantity(element, out var wide) && wide.FitsUInt64;
        value = isRead ? wide.LowUInt64 : 0;
        return isRead;
    }

    /// <summary>Reads data of 32 bytes.</summary>
    public static bool TryReadHash(JsonElement element, out Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        bool isRead = TryReadData(element, bytes);
        hash = isRead ? new Hash256(bytes) : default;
        return isRead;
    }

    /// <summary>Formats a quantity, without leading zeros.</summary>
    public static string Quantity(ulong value) => "0x" + value.ToString("x", NumberFormatInfo.InvariantInfo);

    /// <summary>Reads data of exactly the length of <paramref name="destination"/>.</summary>
    public static bool TryReadData(JsonElement element, Span<byte> destination)
    {
        var digits = Digits(element);
        return HasPrefix(element)
            && digits.Length == destination.Length * 2
            && Convert.FromHexString(digits, destination, out _, out _) == OperationStatus.Done;
    }

    /// <summary>Reads data of any length; null if the element is not hex data.</summary>
    public static byte[]? ReadData(JsonElement element)
    {
        if (!HasPrefix(element))
        {
            return null;
        }

        var digits = Digits(element);
        var bytes = new byte[digits.Length / 2];
        return digits.Length % 2 == 0 && Convert.FromHexString(digits, bytes, out _, out _) == OperationStatus.Done ? bytes : null;
    }

    /// <summary>Returns a string of at most 32 bytes in hex as it is written; empty if the element is not one.</summary>
    internal static string ReadText(JsonElement element) =>
        HasPrefix(element) && Text(element).Length <= MaxQuantityDigits + 2 ? System.Text.Encoding.Latin1.GetString(Text(element)) : string.Empty;

    private static bool HasPrefix(JsonElement element) => Text(element).StartsWith("0x"u8);

    private static ReadOnlySpan<byte> Digits(JsonElement element)
    {
        var text = Text(element);
        return text.StartsWith("0x"u8) ? text[2..] : default;
    }

    /// <summary>Returns the raw string of the JSON. Escapes are not resolved: they are not hex digits in any case.</summary>
    private static ReadOnlySpan<byte> Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? JsonMarshal.GetRawUtf8Value(element)[1..^1] : default;
}
