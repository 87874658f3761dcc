namespace Mempulse.Dashboard.Format;

/// <summary>Hashes and accounts in short. The short form is only for the eye: what is copied, linked and read aloud is whole.</summary>
internal static class Hashes
{
    private const int HeadDigits = 8; // 0x and six
    private const int TailDigits = 4;

    /// <summary>0x, six digits, an ellipsis and the last four.</summary>
    public static string Short(string hex) => hex.Length <= HeadDigits + TailDigits + 1 ? hex : $"{hex[..HeadDigits]}…{hex[^TailDigits..]}";

    /// <summary>How a screen reader says it: what is visible, "hash ending e30c", and every digit.</summary>
    public static string Spoken(string visible, string kind, string hex) => $"{visible}, {kind} ending {hex[^Math.Min(TailDigits, hex.Length)..]}, {hex}";
}
