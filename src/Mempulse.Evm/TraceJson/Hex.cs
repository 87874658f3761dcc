using System.Globalization;
using Mempulse.Primitives;

namespace Mempulse.Evm.TraceJson;

/// <summary>Formats numbers and bytes in the hex encodings of JSON-RPC.</summary>
internal static class Hex
{
    public static string Quantity(ulong value) => "0x" + value.ToString("x", NumberFormatInfo.InvariantInfo);

    public static string Quantity(in UInt256 value)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        value.WriteBigEndian(bytes);
        string digits = Convert.ToHexStringLower(bytes).TrimStart('0');
        return digits.Length == 0 ? "0x0" : "0x" + digits;
    }

    public static string Word(in UInt256 value)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        value.WriteBigEndian(bytes);
        return Data(bytes);
    }

    public static string Data(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);
}
