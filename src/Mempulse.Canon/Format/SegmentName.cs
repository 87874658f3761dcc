using System.Globalization;
using Mempulse.Primitives;

namespace Mempulse.Canon.Format;

/// <summary>Identifies a segment within its log: <c>{first_seq:D20}-{epoch:D10}</c>.</summary>
/// <remarks>A writer that lost its epoch can create a segment that begins where its successor's does, but never one with the same name.</remarks>
internal readonly record struct SegmentName(GlobalSeq First, Epoch Epoch)
{
    /// <summary>Extension of a segment file.</summary>
    public const string Extension = ".wal";

    /// <summary>Extension of a segment's key index.</summary>
    public const string KeysExtension = ".keys";

    /// <summary>Name of the segment file.</summary>
    public string FileName => ToString() + Extension;

    /// <summary>Name of the key index.</summary>
    public string KeysFileName => ToString() + KeysExtension;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First.Value:D20}-{Epoch.Value:D10}");

    /// <summary>Parses the name of a segment file; false for anything but the exact form.</summary>
    public static bool TryParse(string fileName, out SegmentName name)
    {
        name = default;
        if (!fileName.EndsWith(Extension, StringComparison.Ordinal))
        {
            return false;
        }

        string[] parts = fileName[..^Extension.Length].Split('-');
        if (parts.Length != 2
            || !ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong first)
            || !ulong.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong epoch))
        {
            return false;
        }

        name = new SegmentName(new GlobalSeq(first), new Epoch(epoch));
        return string.Equals(name.FileName, fileName, StringComparison.Ordinal);
    }
}
