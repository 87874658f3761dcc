using System.Globalization;
using Mempulse.Primitives;

namespace Mempulse.Storage.Contents;

/// <summary>The name of a file of contents: when it came among the others, and a digest. Names order as files came.</summary>
/// <param name="Ordinal">Rises as files come.</param>
/// <param name="Digest">Of the header of a batch; of its content for a file of one.</param>
/// <param name="IsBatch">True for a file that lists what it holds.</param>
internal readonly record struct ContentName(ulong Ordinal, Hash256 Digest, bool IsBatch)
{
    /// <summary>Of a file of one content.</summary>
    public const string SingleExtension = ".mpo";

    /// <summary>Of a file of several.</summary>
    public const string BatchExtension = ".mpb";

    /// <summary>Of a write under way.</summary>
    public const string TemporaryExtension = ".new";

    private const int OrdinalDigits = 12;
    private const int ExtensionLength = 4;
    private const int Length = OrdinalDigits + 1 + (2 * Hash256.Size) + ExtensionLength;

    public static bool TryParse(string name, out ContentName parsed)
    {
        parsed = default;
        bool isBatch = name.EndsWith(BatchExtension, StringComparison.Ordinal);
        if (name.Length != Length
            || !(isBatch || name.EndsWith(SingleExtension, StringComparison.Ordinal))
            || !ulong.TryParse(name.AsSpan(0, OrdinalDigits), NumberStyles.None, CultureInfo.InvariantCulture, out ulong ordinal)
            || !Hash256.TryParse("0x" + name[(OrdinalDigits + 1)..^ExtensionLength], out var digest))
        {
            return false;
        }

        parsed = new ContentName(ordinal, digest, isBatch);
        return true;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Ordinal:D12}-{Digest.ToString()[2..]}{(IsBatch ? BatchExtension : SingleExtension)}");
}
