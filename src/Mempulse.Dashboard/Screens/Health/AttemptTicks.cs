using System.Globalization;
using System.Text;

namespace Mempulse.Dashboard.Screens.Health;

/// <summary>The last attempts at a relay as ticks, the newest at the right: a low one for an answer, a taller hatched one for a failure. Text of SVG.</summary>
/// <param name="Answered">The path of the low ticks.</param>
/// <param name="Failed">The path of the hatched ones.</param>
/// <param name="Label">The same in words.</param>
internal sealed record AttemptTicks(string Answered, string Failed, string Label)
{
    /// <summary>Attempts that are drawn at most.</summary>
    public const int MaxAttempts = 48;

    /// <summary>Width of the picture.</summary>
    public const int Width = MaxAttempts * Step;

    /// <summary>Height of the picture.</summary>
    public const int Height = 14;

    private const int Step = 4;

    /// <summary>The ticks of attempts.</summary>
    /// <param name="failures">The attempts, the oldest first: true for one that failed.</param>
    public static AttemptTicks Of(IReadOnlyList<bool> failures)
    {
        bool[] last = [.. failures.TakeLast(MaxAttempts)];
        var (answered, failed) = (new StringBuilder(), new StringBuilder());
        for (int i = 0; i < last.Length; i++)
        {
            int x = Width - ((last.Length - i) * Step);
            if (last[i])
            {
                failed.Append(CultureInfo.InvariantCulture, $"M{x}.5 .5h2v13h-2zM{x}.5 5l2 -3M{x}.5 9l2 -3M{x}.5 13l2 -3");
            }
            else
            {
                answered.Append(CultureInfo.InvariantCulture, $"M{x} 3h3v8h-3z");
            }
        }

        return new AttemptTicks(answered.ToString(), failed.ToString(), string.Create(CultureInfo.InvariantCulture, $"last {last.Length} attempts, {last.Count(static isFailure => isFailure)} failed"));
    }
}
