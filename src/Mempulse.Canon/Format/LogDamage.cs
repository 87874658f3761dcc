using System.Globalization;

namespace Mempulse.Canon.Format;

/// <summary>A place in the log that does not hold what it should.</summary>
/// <param name="File">The file.</param>
/// <param name="Offset">Byte offset in the file.</param>
/// <param name="Expected">What should be there.</param>
/// <param name="Actual">What is there.</param>
public sealed record LogDamage(string File, long Offset, string Expected, string Actual)
{
    /// <summary>Returns one sentence with file, offset, expected and actual.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{File}: at offset {Offset} expected {Expected}, found {Actual}.");
}
