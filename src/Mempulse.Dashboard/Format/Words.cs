using System.Text;

namespace Mempulse.Dashboard.Format;

/// <summary>Names of the program as words for people.</summary>
internal static class Words
{
    /// <summary>A name with underscores as words: "lost_to" becomes "lost to".</summary>
    public static string Spaced(string name) => name.Replace('_', ' ');

    /// <summary>A name in Pascal case as words in lower case: "UuidNotCanonical" becomes "uuid not canonical".</summary>
    public static string Split(string name)
    {
        var words = new StringBuilder(name.Length + 8);
        for (int i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]))
            {
                words.Append(' ');
            }

            words.Append(char.ToLowerInvariant(name[i]));
        }

        return words.ToString();
    }

    /// <summary>A sentence's first letter in upper case.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
