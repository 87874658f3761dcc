using System.Globalization;

namespace Mempulse.Canon.Format;

/// <summary>One place in the log that is not what it must be.</summary>
/// <param name="File">The file.</param>
/// <param name="Offset">Byte offset in it.</param>
/// <param name="Expected">What had to be there.</param>
/// <param name="Actual">What is there.</param>
public sealed record LogDamage(string File, long Offset, string Expected, string Actual)
{
    /// <summary>One sentence with file and offset.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{File}: at offset {Offset} expected {Expected}, found {Actual}.");
}
