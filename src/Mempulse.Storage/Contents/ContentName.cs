using System.Diagnostics;
using System.Globalization;
using Mempulse.Primitives;

namespace Mempulse.Storage.Contents;

/// <summary>The name of a content file: an ordinal and, but for a volume, a digest. Names sort in the order in which the files were begun.</summary>
/// <param name="Ordinal">Rises with each file.</param>
/// <param name="Digest">Keccak-256 of the header for a batch, of the content for a file with a single content; zero for a volume.</param>
/// <param name="Kind">How its contents are arranged.</param>
internal readonly record struct ContentName(ulong Ordinal, Hash256 Digest, ContentFileKind Kind)
{
    /// <summary>Extension of a file with a single content.</summary>
    public const string SingleExtension = ".mpo";

    /// <summary>Extension of a batch.</summary>
    public const string BatchExtension = ".mpb";

    /// <summary>Extension of a volume.</summary>
    public const string VolumeExtension = ".mpv";

    /// <summary>Extension of a file that is being written.</summary>
    public const string TemporaryExtension = ".new";

    private const int OrdinalDigits = 12;
    private const int ExtensionLength = 4;
    private const int Length = OrdinalDigits + 1 + (2 * Hash256.Size) + ExtensionLength;

    /// <summary>The name of a volume.</summary>
    public static ContentName OfVolume(ulong ordinal) => new(ordinal, Hash256.Zero, ContentFileKind.Volume);

    public static bool TryParse(string name, out ContentName parsed)
    {
        parsed = default;
        if (name.Length == OrdinalDigits + ExtensionLength && name.EndsWith(VolumeExtension, StringComparison.Ordinal) && TryParseOrdinal(name, out ulong begun))
        {
            parsed = OfVolume(begun);
            return true;
        }

        bool isBatch = name.EndsWith(BatchExtension, StringComparison.Ordinal);
        if (name.Length != Length
            || !(isBatch || name.EndsWith(SingleExtension, StringComparison.Ordinal))
            || !TryParseOrdinal(name, out ulong ordinal)
            || !Hash256.TryParse("0x" + name[(OrdinalDigits + 1)..^ExtensionLength], out var digest))
        {
            return false;
        }

        parsed = new ContentName(ordinal, digest, isBatch ? ContentFileKind.Batch : ContentFileKind.Single);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ordinal:D12}{Rest}");

    private string Rest => Kind switch
    {
        ContentFileKind.Single => $"-{Digest.ToString()[2..]}{SingleExtension}",
        ContentFileKind.Batch => $"-{Digest.ToString()[2..]}{BatchExtension}",
        ContentFileKind.Volume => VolumeExtension,
        _ => throw new UnreachableException(),
    };

    private static bool TryParseOrdinal(string name, out ulong ordinal) => ulong.TryParse(name.AsSpan(0, OrdinalDigits), NumberStyles.None, CultureInfo.InvariantCulture, out ordinal);
}
