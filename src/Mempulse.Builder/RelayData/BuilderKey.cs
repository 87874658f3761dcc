using System.Buffers;
using System.Text.Json;

namespace Mempulse.Builder.RelayData;

/// <summary>A BLS public key of a builder or a proposer, compressed: 48 bytes. Only its text is used.</summary>
/// <param name="Text">"0x" and 96 lower-case hex digits.</param>
public readonly record struct BuilderKey(string Text)
{
    private const int Bytes = 48;

    /// <summary>Reads a key; false if the element is not "0x" and 96 hex digits.</summary>
    internal static bool TryRead(JsonElement element, out BuilderKey key)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        bool isRead = element.ValueKind == JsonValueKind.String
            && element.GetString() is { Length: 2 + (2 * Bytes) } text
            && text.StartsWith("0x", StringComparison.Ordinal)
            && Convert.FromHexString(text.AsSpan(2), bytes, out _, out _) == OperationStatus.Done;
        key = isRead ? new BuilderKey("0x" + Convert.ToHexStringLower(bytes)) : default;
        return isRead;
    }
}
