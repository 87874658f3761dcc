using Mempulse.Dashboard.Format;
using Mempulse.Grains.Abstractions.Replays;

namespace Mempulse.Dashboard.Screens.Replays;

/// <summary>A field that differs.</summary>
/// <param name="Mark">~ changed, + only in B, - only in A, ! diverging as logged, = diverging as replayed.</param>
/// <param name="Field">Its name.</param>
/// <param name="Before">Its value at A; empty for none.</param>
/// <param name="After">Its value at B; empty for none.</param>
internal sealed record DiffRow(char Mark, string Field, string Before, string After)
{
    /// <summary>The row of a field.</summary>
    public static DiffRow Of(ChangedField field) => new(field.Before is null ? '+' : field.After is null ? '-' : '~', field.Name, field.Before ?? string.Empty, field.After ?? string.Empty);

    /// <summary>The mark as a word, for people who do not see it.</summary>
    public string Word => Mark switch { '+' => "added", '-' => "gone", '!' => "logged, differs", '=' => "replayed", _ => "changed" };

    /// <summary>The class of the mark's tint.</summary>
    public string Tint => Mark switch { '+' => "add", '-' => "del", '!' => "bad", _ => "chg" };

    /// <summary>A value as it is shown: numbers with commas, hashes in short.</summary>
    public static string Shown(string value) => value.Length > 0 && value.Length <= 15 && value.All(char.IsAsciiDigit) && ulong.TryParse(value, out ulong number) ? Figures.Count(number)
        : string.Join(' ', value.Split(' ').Select(static word => word.StartsWith("0x", StringComparison.Ordinal) ? Hashes.Short(word) : word));
}
