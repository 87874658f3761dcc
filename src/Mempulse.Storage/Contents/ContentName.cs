using System.Globalization;
using Mempulse.Primitives;

namespace Mempulse.Storage.Contents;

/// <summary>The name of a content's file: when it came among the others, and its digest. Names order as contents came.</summary>
internal readonly record struct ContentName(ulong Ordinal, Hash256 Digest)
{
    public const string Extension = ".mpo";
    public const string TemporaryExtension = ".new";

    private const int OrdinalDigits = 12;
    private const int Length = OrdinalDigits + 1 + (2 * Hash256.Size) + 4;

    public static bool TryParse(string name, out ContentName parsed)
    {
        parsed = default;
        if (name.Length != Length
            || !name.EndsWith(Extension, StringComparison.Ordinal)
            || !ulong.TryParse(name.AsSpan(0, OrdinalDigits), NumberStyles.None, CultureInfo.InvariantCulture, out ulong ordinal)
            || !Hash256.TryParse("0x" + name[(OrdinalDigits + 1)..^Extension.Length], out var digest))
        {
            return false;
        }

        parsed = new ContentName(ordinal, digest);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ordinal:D12}-{Digest.ToString()[2..]}{Extension}");
}
