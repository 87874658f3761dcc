using Mempulse.Primitives;

namespace Mempulse.Builder.Bundles;

/// <summary>The names under which bundles are replaced and cancelled (RFC 9562).</summary>
/// <remarks>Builders document UUIDs of version 4. One that does not parse is ignored without an answer, and so is the bundle's cancellation.</remarks>
public static class BundleUuid
{
    private const int Bytes = 16;

    /// <summary>The UUID of a line of bundles: made from a content-derived id, so that a replay has the same.</summary>
    public static string Of(Hash256 id)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        id.CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40); // version 4
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80); // the variant of RFC 9562
        return new Guid(bytes[..Bytes], bigEndian: true).ToString("D");
    }

    /// <summary>True for 8-4-4-4-12 lower-case hex digits with a version and the variant of RFC 9562.</summary>
    public static bool IsCanonical(string text) =>
        Guid.TryParseExact(text, "D", out var parsed)
        && string.Equals(parsed.ToString("D"), text, StringComparison.Ordinal)
        && parsed.Version is >= 1 and <= 8
        && parsed.Variant is >= 8 and <= 11;
}
