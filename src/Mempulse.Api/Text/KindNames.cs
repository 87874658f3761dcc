using System.Diagnostics.CodeAnalysis;
using Mempulse.Api.Problems;
using Mempulse.Primitives.Events;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mempulse.Api.Text;

/// <summary>Names of event kinds in requests.</summary>
internal static class KindNames
{
    /// <summary>Reads a list such as "TxSeen,ReorgDetected"; an absent or empty one means every kind.</summary>
    public static bool TryParse(string? list, EventCatalog events, out ushort[] kinds, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        var numbers = new SortedSet<ushort>();
        foreach (string name in (list ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!events.TryFind(name, out var type))
            {
                kinds = [];
                problem = Problem.BadRequest($"'{name}' is not a valid event type: expected one of {string.Join(", ", events.Types)}.");
                return false;
            }

            numbers.Add((ushort)type.Kind);
        }

        kinds = [.. numbers];
        problem = null;
        return true;
    }
}
