namespace Mempulse.Api.Text;

/// <summary>A value of a request as an error quotes it.</summary>
internal static class Shown
{
    private const int MaxCharacters = 80;

    /// <summary>The value, cut after 80 characters.</summary>
    public static string Of(string? text) => text is null ? "null" : text.Length <= MaxCharacters ? text : text[..MaxCharacters] + "...";
}
