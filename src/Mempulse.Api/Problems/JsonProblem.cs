using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mempulse.Api.Problems;

/// <summary>What is wrong with JSON, for the client that sent it. The serializer's own messages name types of this program.</summary>
internal static partial class JsonProblem
{
    /// <summary>The problem as the end of a sentence, with its place.</summary>
    /// <typeparam name="T">What was read.</typeparam>
    public static string Of<T>(JsonException problem)
    {
        string place = problem.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $" at {problem.Path ?? "$"}, line {line + 1}") : string.Empty;
        return Missing().Match(problem.Message) is { Success: true } missing ? $"{missing.Groups["names"].Value} is missing."
            : Unmapped().Match(problem.Message) is { Success: true } unmapped ? $"'{unmapped.Groups["name"].Value}' is not a member{place}; the members of the body are {Members<T>()}."
            : Syntax().Match(problem.Message) is { Success: true } syntax && !NamesType(syntax.Value) ? $"{syntax.Value.TrimEnd(' ', '.')}{place}."
            : $"the value{place} is not of the expected type; the members of the body are {Members<T>()}.";
    }

    private static string Members<T>() => string.Join(", ", typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name)));

    private static bool NamesType(string text) =>
        text.Contains("System.", StringComparison.Ordinal) || text.Contains(nameof(Mempulse), StringComparison.Ordinal) || text.Contains("could not be converted", StringComparison.Ordinal) || text.Contains(".NET", StringComparison.Ordinal);

    [GeneratedRegex("missing required properties including: (?<names>.+?)\\.?$", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Missing();

    [GeneratedRegex("^The JSON property '(?<name>.*)' could not be mapped to any", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Unmapped();

    [GeneratedRegex("^.*?(?= Path: | LineNumber: |$)", RegexOptions.Singleline)]
    private static partial Regex Syntax();
}
