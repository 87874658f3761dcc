using System.Buffers;

namespace Mempulse.Primitives;

/// <summary>Fixed-length hex, as JSON-RPC writes data: "0x" and two digits a byte.</summary>
internal static class HexText
{
    /// <summary>Fills <paramref name="destination"/> exactly from <paramref name="text"/>, or returns false.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, Span<byte> destination)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            text = text[2..];
        }

        return text.Length == destination.Length * 2
            && Convert.FromHexString(text, destination, out _, out _) == OperationStatus.Done;
    }

    /// <summary>"0x" and lower-case digits.</summary>
    public static string Write(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);
}
