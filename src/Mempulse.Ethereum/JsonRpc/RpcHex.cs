using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Mempulse.Primitives;

namespace Mempulse.Ethereum.JsonRpc;

/// <summary>The two hex forms of JSON-RPC: quantities (any number of digits) and data (two digits a byte).</summary>
/// <remarks>execution-apis, "Hex encoding". Leading zeros of quantities are let pass: several nodes write them.</remarks>
internal static class RpcHex
{
    private const int MaxQuantityDigits = 64;

    /// <summary>Reads a quantity of at most 256 bits.</summary>
    public static bool TryReadQuantity(JsonElement element, out UInt256 value)
    {
        value = default;
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

    /// <summary>Reads data of exactly the length of <paramref name="destination"/>.</summary>
    public static bool TryReadData(JsonElement element, Span<byte> destination)
    {
        var digits = Digits(element);
        return HasPrefix(element)
            && digits.Length == destination.Length * 2
            && Convert.FromHexString(digits, destination, out _, out _) == OperationStatus.Done;
    }

    /// <summary>Reads data of any length; null when it is none.</summary>
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

    private static bool HasPrefix(JsonElement element) => Text(element).StartsWith("0x"u8);

    private static ReadOnlySpan<byte> Digits(JsonElement element)
    {
        var text = Text(element);
        return text.StartsWith("0x"u8) ? text[2..] : default;
    }

    /// <summary>The string as it stands in the JSON; escapes are left alone, as they are no hex digits anyway.</summary>
    private static ReadOnlySpan<byte> Text(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? JsonMarshal.GetRawUtf8Value(element)[1..^1] : default;
}
