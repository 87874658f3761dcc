using System.Diagnostics.CodeAnalysis;
using Mempulse.Api.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mempulse.Api.Text;

/// <summary>Values that a parameter names, separated by commas.</summary>
/// <param name="values">The names and what they stand for.</param>
internal sealed class NamedValues<T>((string Name, T Value)[] values)
{
    /// <summary>Reads a list; empty when absent.</summary>
    public bool TryRead(string? list, string parameter, out IReadOnlyList<T> read, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        (read, problem) = ([], null);
        if (list is null)
        {
            return true;
        }

        string[] names = list.Split(',');
        string? wrong = Array.Find(names, name => !Array.Exists(values, one => one.Name == name));
        if (wrong is not null || names.Distinct(StringComparer.Ordinal).Count() != names.Length)
        {
            problem = Problem.BadRequest($"'{Shown.Of(wrong ?? list)}' is not a valid '{parameter}': expected one or more of {string.Join(", ", values.Select(static one => one.Name))}, each once, separated by commas.");
            return false;
        }

        read = [.. names.Select(name => Array.Find(values, one => one.Name == name).Value)];
        return true;
    }
}
