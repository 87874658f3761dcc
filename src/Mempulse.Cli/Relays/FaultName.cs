using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Mempulse.RelaySim.Faults;

namespace Mempulse.Cli.Relays;

/// <summary>The names of faults on the command line: <c>too-many-requests</c>, or <c>too-many-requests:3</c> for three requests.</summary>
internal static class FaultName
{
    private static readonly FrozenDictionary<string, RelayFault> Faults = Enum.GetValues<RelayFault>().ToFrozenDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>All names, separated by commas.</summary>
    public static string All { get; } = string.Join(", ", Enum.GetValues<RelayFault>().Select(NameOf));

    /// <summary>The faults that a text plans.</summary>
    /// <exception cref="UsageException">It is not a valid fault.</exception>
    public static IReadOnlyList<RelayFault> Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        int count = 1;
        bool isCounted = colon < 0
            || (int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= FaultScript.MaxPlanned);
        return isCounted && Faults.TryGetValue(colon < 0 ? text : text[..colon], out var fault)
            ? [.. Enumerable.Repeat(fault, count)]
            : throw new UsageException($"'{text}' is not a valid fault: expected NAME or NAME:COUNT with one of {All}, and a count from 1 to {FaultScript.MaxPlanned}.");
    }

    /// <summary>The name of a fault.</summary>
    public static string NameOf(RelayFault fault)
    {
        var name = new StringBuilder();
        foreach (char letter in fault.ToString())
        {
            if (char.IsAsciiLetterUpper(letter) && name.Length > 0)
            {
                name.Append('-');
            }

            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }
}
