using System.Globalization;
using System.Text;

namespace Mempulse.Dashboard.Components;

/// <summary>A line of a few points, as text of SVG. A gap in the values is a gap in the line.</summary>
internal static class Sparkline
{
    /// <summary>Width of the picture; a value takes one unit at most.</summary>
    public const int Width = 96;

    /// <summary>Height of the picture.</summary>
    public const int Height = 14;

    private const int Margin = 1;

    /// <summary>The path through the last values.</summary>
    public static string Of(IEnumerable<long?> values)
    {
        long?[] last = [.. values.TakeLast(Width)];
        long top = Math.Max(1, last.Max() ?? 1);
        var path = new StringBuilder();
        bool isDrawing = false;
        for (int i = 0; i < last.Length; i++)
        {
            if (last[i] is not { } value)
            {
                isDrawing = false;
                continue;
            }

            long tenths = (Height - Margin) * 10L - (value * (Height - (2 * Margin)) * 10 / top);
            path.Append(isDrawing ? 'L' : 'M').Append(CultureInfo.InvariantCulture, $"{Width - last.Length + i} {tenths / 10}.{tenths % 10}");
            isDrawing = true;
        }

        return path.ToString();
    }
}
