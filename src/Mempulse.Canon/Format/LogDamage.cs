using System.Globalization;
using Mempulse.Primitives;

namespace Mempulse.Canon.Format;

/// <summary>A place in the log that does not hold what it should.</summary>
/// <param name="File">The file.</param>
/// <param name="Offset">Byte offset in the file.</param>
/// <param name="Expected">What should be there.</param>
/// <param name="Actual">What is there.</param>
public sealed record LogDamage(string File, long Offset, string Expected, string Actual)
{
    /// <summary>The first position that cannot be read; <see cref="GlobalSeq.None"/> if no position is known to be affected.</summary>
    public GlobalSeq First { get; init; }

    /// <summary>The last position that cannot be read, inclusive; <see cref="GlobalSeq.None"/> if it is not known.</summary>
    public GlobalSeq Last { get; init; }

    /// <summary>The first position past the damage that can be read; <see cref="GlobalSeq.None"/> until a readable frame follows.</summary>
    public GlobalSeq Next => Last == GlobalSeq.None ? GlobalSeq.None : Last.Next;

    /// <summary>True if the end of the log is missing: there is nothing past it.</summary>
    public bool IsLostEnd { get; init; }

    /// <summary>The damage, with the positions that it costs: those from <paramref name="first"/> to the one before <paramref name="next"/>.</summary>
    internal LogDamage Costing(GlobalSeq first, GlobalSeq next) =>
        next > first ? this with { First = first, Last = new GlobalSeq(next.Value - 1) } : this;

    /// <summary>Returns one sentence with file, offset, expected and actual, and one with the positions that cannot be read, if any.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{File}: at offset {Offset} expected {Expected}, found {Actual}.{Cost()}");

    private string Cost() => Last == GlobalSeq.None ? string.Empty
        : IsLostEnd ? string.Create(CultureInfo.InvariantCulture, $" Events {First} to {Last} are missing.")
        : string.Create(CultureInfo.InvariantCulture, $" Events {First} to {Last} cannot be read; the next one that can is {Next}.");
}
