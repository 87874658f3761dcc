using System.Globalization;
using System.Text;
using Mempulse.Ethereum.Abi;
using Mempulse.Features.Registry;

namespace Mempulse.Cli.Descriptors;

/// <summary>A path of a descriptor as the registry writes it.</summary>
/// <param name="Each">The array that it leads through all elements of; null for none.</param>
/// <param name="Text">The path, from an element of <paramref name="Each"/> if there is one.</param>
internal sealed record DescriptorPath(string? Each, string Text)
{
    /// <summary>Translates a path.</summary>
    /// <param name="path">The path: arguments by name, <c>[n]</c>, <c>[]</c>, <c>[a:b]</c>, or <c>@.from</c>, <c>@.to</c> and <c>@.value</c>.</param>
    /// <param name="arguments">The arguments of the function.</param>
    /// <exception cref="FormatException">The registry has no such path.</exception>
    public static DescriptorPath Parse(string path, AbiType arguments)
    {
        switch (path)
        {
            case "@.from":
                return new DescriptorPath(null, "@sender");
            case "@.to":
                return new DescriptorPath(null, "@target");
            case "@.value":
                return new DescriptorPath(null, "@value");
            default:
                break;
        }

        if (path.StartsWith('@') || path.StartsWith('$'))
        {
            throw new FormatException($"'{path}' is not a path to an argument.");
        }

        string[] steps = Steps(path.StartsWith("#.", StringComparison.Ordinal) ? path[2..] : path);
        string? each = null;
        var text = new StringBuilder();
        for (int i = 0; i < steps.Length; i++)
        {
            if (steps[i] == "[]")
            {
                each = each is null ? text.ToString() : throw new FormatException($"'{path}' leads through the elements of two arrays.");
                text.Clear();
            }
            else if (steps[i].Contains(':', StringComparison.Ordinal))
            {
                return i == steps.Length - 1 && each is null
                    ? new DescriptorPath(null, text + Slice(steps[i], ArgumentPath.Parse(text.ToString(), arguments).Type!))
                    : throw new FormatException($"'{path}' goes on behind a slice, or takes one of each element.");
            }
            else
            {
                text.Append(text.Length > 0 && steps[i][0] != '[' ? "." : string.Empty).Append(steps[i]);
            }
        }

        return new DescriptorPath(each, text.Length == 0 && each is not null ? "item" : text.ToString());
    }

    /// <summary>The path from the scope of another one: from the element, or from the arguments.</summary>
    /// <exception cref="FormatException">They lead through different arrays.</exception>
    public string From(string? each) =>
        Each == each ? Text
        : Each is null && (Text[0] == '@' || Text.StartsWith("0x", StringComparison.Ordinal)) ? Text
        : Each is null ? "^" + Text
        : throw new FormatException($"'{Each}' and '{each}' are different arrays.");

    private static string[] Steps(string path)
    {
        var steps = new List<string>();
        foreach (string part in path.Split('.'))
        {
            int bracket = part.IndexOf('[', StringComparison.Ordinal);
            if (bracket != 0)
            {
                steps.Add(bracket < 0 ? part : part[..bracket]);
            }

            for (; bracket >= 0; bracket = part.IndexOf('[', bracket + 1))
            {
                int end = part.IndexOf(']', bracket);
                steps.Add(end < 0 ? throw new FormatException($"'{path}' has a bracket that is not closed.") : part[bracket..(end + 1)]);
            }
        }

        return steps.Contains(string.Empty) ? throw new FormatException($"'{path}' has an empty step.") : [.. steps];
    }

    /// <summary>Bytes of packed ones, or of a word from its highest byte.</summary>
    private static string Slice(string step, AbiType type)
    {
        string[] ends = step[1..^1].Split(':');
        int? start = Number(ends[0]);
        int? end = ends.Length == 2 ? Number(ends[1]) : throw new FormatException($"'{step}' is not a slice.");
        if (type.Kind is AbiKind.Bytes or AbiKind.Text)
        {
            var (first, length) = (start ?? 0, end is { } last ? last - (start ?? 0) : -(start ?? 0));
            bool isOneEnd = end is null ? start < 0 : first < 0 == end < 0;
            return isOneEnd && length is > 0 and <= AbiType.WordBytes
                ? string.Create(NumberFormatInfo.InvariantInfo, $"|at({first},{length})")
                : throw new FormatException($"'{step}' does not take from 1 to {AbiType.WordBytes} bytes at one end.");
        }

        var (from, to) = (FromStart(start ?? 0), FromStart(end ?? AbiType.WordBytes));
        return type.Kind is AbiKind.UnsignedInteger or AbiKind.FixedBytes && from >= 0 && from < to && to <= AbiType.WordBytes
            ? string.Create(NumberFormatInfo.InvariantInfo, $"|bits({8 * (AbiType.WordBytes - to)},{8 * (to - from)})")
            : throw new FormatException($"'{step}' takes no part of {type}.");
    }

    private static int FromStart(int place) => place < 0 ? AbiType.WordBytes + place : place;

    private static int? Number(string digits) =>
        digits.Length == 0 ? null
        : int.TryParse(digits, NumberStyles.AllowLeadingSign, NumberFormatInfo.InvariantInfo, out int number) && number is > -100_000 and < 100_000 ? number
        : throw new FormatException($"'{digits}' is not a valid place.");
}
