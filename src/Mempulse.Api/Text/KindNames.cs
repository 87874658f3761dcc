using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Mempulse.Api.Problems;
using Mempulse.Primitives.Records;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mempulse.Api.Text;

/// <summary>Names of event kinds in requests.</summary>
internal static class KindNames
{
    private static readonly FrozenDictionary<string, EventKind> _byName = Enum.GetValues<EventKind>()
        .Where(kind => kind != EventKind.None)
        .ToFrozenDictionary(kind => kind.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a list such as "TxSeen,ReorgDetected"; an absent or empty one means every kind.</summary>
    public static bool TryParse(string? list, out ushort[] kinds, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        var names = (list ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string? unknown = Array.Find(names, name => !_byName.ContainsKey(name));
        kinds = unknown is null ? [.. names.Select(name => (ushort)_byName[name]).Distinct()] : [];
        problem = unknown is null ? null : Problem.BadRequest($"'{unknown}' is no event type; there are: {string.Join(", ", _byName.Values.Order())}.");
        return unknown is null;
    }
}
