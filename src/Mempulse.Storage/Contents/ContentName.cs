using System.Globalization;
using Mempulse.Primitives;

namespace Mempulse.Storage.Contents;

/// <summary>The name of a content file: an ordinal and a digest. Names sort in the order in which the files were written.</summary>
/// <param name="Ordinal">Rises with each file written.</param>
/// <param name="Digest">Keccak-256 of the header for a batch, of the content for a file with a single content.</param>
/// <param name="IsBatch">True for a batch, whose header lists its contents.</param>
internal readonly record struct ContentName(ulong Ordinal, Hash256 Digest, bool IsBatch)
{
    /// <summary>Extension of a file with a single content.</summary>
    public const string SingleExtension = ".mpo";

    /// <summary>Extension of a batch.</summary>
    public const string BatchExtension = ".mpb";

    /// <summary>Extension of a file that is being written.</summary>
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
