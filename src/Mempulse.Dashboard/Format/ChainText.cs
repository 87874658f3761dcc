using System.Text;

namespace Mempulse.Dashboard.Format;

/// <summary>Text that somebody put on the chain: cut after 80 characters, without control characters. Pages show it as text, inside bdi.</summary>
internal static class ChainText
{
    private const int MaxCharacters = 80;

    /// <summary>The text of bytes.</summary>
    public static string Of(ReadOnlySpan<byte> utf8) => Of(Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, MaxCharacters * 4)]));

    /// <summary>The text as it is shown.</summary>
    public static string Of(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(MaxCharacters))
        {
            shown.Append(Rune.IsControl(rune) ? "\uFFFD" : rune.ToString());
        }

        return shown.Length < text.Length ? shown.Append('…').ToString() : shown.ToString();
    }
}
