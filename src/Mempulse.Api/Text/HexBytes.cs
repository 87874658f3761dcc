using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Mempulse.Api.Text;

/// <summary>Bytes in hex in a request.</summary>
internal static class HexBytes
{
    /// <summary>Reads 0x and two hex digits for each byte.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text is null || text.Length % 2 != 0 || !text.StartsWith("0x", StringComparison.Ordinal))
        {
            return false;
        }

        byte[] read = new byte[(text.Length / 2) - 1];
        if (Convert.FromHexString(text.AsSpan(2), read, out _, out int written) != OperationStatus.Done || written != read.Length)
        {
            return false;
        }

        bytes = read;
        return true;
    }
}
