using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Mempulse.Api.Problems;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mempulse.Api.Text;

/// <summary>Reads numbers from a query string; an error is one sentence.</summary>
internal static class QueryNumber
{
    /// <summary>A position; <paramref name="otherwise"/> when absent. The highest number is refused, because no position follows it.</summary>
    public static bool TrySeq(string? text, string name, GlobalSeq otherwise, out GlobalSeq seq, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        ulong value = otherwise.Value;
        bool isValid = text is null || (TryDigits(text, out value) && value < ulong.MaxValue);
        seq = new GlobalSeq(value);
        problem = isValid ? null : Problem.BadRequest($"'{text}' is not a valid '{name}': expected a position in the log, a whole number from 0.");
        return isValid;
    }

    /// <summary>A count from 1 to <paramref name="max"/>; <paramref name="otherwise"/> when absent.</summary>
    public static bool TryCount(string? text, string name, int otherwise, int max, out int count, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        ulong value = (ulong)otherwise;
        bool isValid = text is null || (TryDigits(text, out value) && value >= 1 && value <= (ulong)max);
        count = isValid ? (int)value : otherwise;
        problem = isValid ? null : Problem.BadRequest($"'{text}' is not a valid '{name}': expected a whole number from 1 to {max}.");
        return isValid;
    }

    /// <summary>A number in ASCII digits and nothing else; .NET's own parsers also accept trailing NUL characters.</summary>
    public static bool TryDigits(ReadOnlySpan<char> text, out ulong value)
    {
        value = 0;
        return !text.ContainsAnyExceptInRange('0', '9') && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
