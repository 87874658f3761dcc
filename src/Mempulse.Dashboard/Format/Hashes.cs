using System.Text.RegularExpressions;

namespace Mempulse.Dashboard.Format;

/// <summary>Hashes and accounts in short. The short form is only for the eye: what is copied, linked and read aloud is whole.</summary>
internal static partial class Hashes
{
    private const int HeadDigits = 8; // 0x and six
    private const int TailDigits = 4;

    /// <summary>0x, six digits, an ellipsis and the last four.</summary>
    public static string Short(string hex) => hex.Length <= HeadDigits + TailDigits + 1 ? hex : $"{hex[..HeadDigits]}…{hex[^TailDigits..]}";

    /// <summary>How a screen reader says it: what is visible, "hash ending e30c", and every digit.</summary>
    public static string Spoken(string visible, string kind, string hex) => $"{visible}, {kind} ending {hex[^Math.Min(TailDigits, hex.Length)..]}, {hex}";

    /// <summary>A text in pieces, in order: those that are short hashes, and what is between them.</summary>
    public static IReadOnlyList<(string Text, bool IsHash)> Pieces(string text)
    {
        if (!text.Contains('…', StringComparison.Ordinal))
        {
            return [(text, false)];
        }

        var pieces = new List<(string Text, bool IsHash)>();
        int at = 0;
        foreach (var found in ShortHash().EnumerateMatches(text))
        {
            if (found.Index > at)
            {
                pieces.Add((text[at..found.Index], false));
            }

            at = found.Index + found.Length;
            pieces.Add((text[found.Index..at], true));
        }

        if (at < text.Length)
        {
            pieces.Add((text[at..], false));
        }

        return pieces;
    }

    [GeneratedRegex("[0-9a-fx]{8}…[0-9a-f]{4}", RegexOptions.CultureInvariant)]
    private static partial Regex ShortHash();
}
