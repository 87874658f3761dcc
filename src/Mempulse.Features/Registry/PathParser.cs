using System.Globalization;
using Mempulse.Ethereum.Abi;
using Mempulse.Primitives;

namespace Mempulse.Features.Registry;

/// <summary>Compiles the text of a path.</summary>
/// <param name="text">The text.</param>
/// <param name="scope">The type where the path begins: an element or the arguments.</param>
/// <param name="arguments">The type of the arguments of the function.</param>
internal sealed class PathParser(string text, AbiType scope, AbiType arguments)
{
    /// <summary>Characters of a path, so that paths inside of it are not nested without a bound.</summary>
    private const int MaxLength = 256;

    /// <summary>Compiles the path.</summary>
    /// <exception cref="FormatException">The text is not a path, or leads to no argument.</exception>
    public ArgumentPath Parse()
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(arguments);
        if (text.Length > MaxLength)
        {
            throw new FormatException($"A path of {text.Length} characters is too long: the limit is {MaxLength}.");
        }

        var parts = Split(text);
        var path = Base(parts[0]);
        var taken = parts.Skip(1).Where(static one => !IsToken(one)).Aggregate(default(WordPart), Take);
        var token = parts.Skip(1).Where(IsToken).Select(Token).LastOrDefault();
        bool isBytes = path.Type is { Kind: AbiKind.Bytes or AbiKind.Text };
        return taken.SliceLength > 0 != isBytes && parts.Count > 1
            ? throw Invalid(isBytes ? "a part of bytes is taken by at(START,LENGTH)" : "bytes are taken of bytes alone")
            : new ArgumentPath(text, path.Source, path.Steps, path.Type) { Constant = path.Constant, IsOuter = path.IsOuter, Part = taken, Token = token };
    }

    private static bool IsToken(string part) => part.StartsWith("token(", StringComparison.Ordinal);

    /// <summary>Bars inside brackets belong to the path there.</summary>
    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var (depth, start) = (0, 0);
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] is '(' or '[' ? 1 : text[i] is ')' or ']' ? -1 : 0;
            if (text[i] == '|' && depth == 0)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    private (PathSource Source, PathStep[] Steps, AbiType? Type, Address Constant, bool IsOuter) Base(string name)
    {
        switch (name)
        {
            case "@sender":
                return (PathSource.Sender, [], null, default, false);
            case "@target":
                return (PathSource.Target, [], null, default, false);
            case "@value":
                return (PathSource.Value, [], null, default, false);
            case "@input":
                return (PathSource.Input, [], null, default, false);
            case ['0', 'x', ..]:
                return (PathSource.Constant, [], null, Address.Parse(name), false);
            default:
                bool isOuter = name.StartsWith('^');
                var (steps, type) = Steps(isOuter ? name[1..] : name, isOuter ? arguments : scope);
                return (PathSource.Argument, steps, type, default, isOuter);
        }
    }

    private (PathStep[] Steps, AbiType Type) Steps(string path, AbiType type)
    {
        var steps = new List<PathStep>();
        int position = 0;
        while (position < path.Length)
        {
            if (path[position] == '[')
            {
                int end = Closing(path, position);
                (var step, type) = Element(path[(position + 1)..end], type);
                steps.Add(step);
                position = end + 1;
            }
            else
            {
                int start = position + (position > 0 && path[position] == '.' ? 1 : 0);
                int end = path.AsSpan(start).IndexOfAny('.', '[') is var length && length < 0 ? path.Length : start + length;
                string name = path[start..end];
                int member = IndexOf(type, name);
                if (member < 0)
                {
                    throw Invalid($"'{name}' is not a member of {type}");
                }

                steps.Add(new PathStep(PathStepKind.Place, member, null));
                type = type.Members[member].Type;
                position = end;
            }
        }

        return steps.Count == 0 ? throw Invalid("it names no argument") : ([.. steps], type);
    }

    private (PathStep Step, AbiType Type) Element(string index, AbiType array)
    {
        if (array.Kind != AbiKind.Array)
        {
            throw Invalid($"'[{index}]' is not an element of {array}");
        }

        if (index == "last")
        {
            return (new PathStep(PathStepKind.LastUsed, 0, null), array.Element!);
        }

        if (!TryNumber(index, out int place))
        {
            return (new PathStep(PathStepKind.Stated, 0, new PathParser(index, scope, arguments).Parse()), array.Element!);
        }

        return array.Width > 0 && (place >= array.Width || place < -array.Width)
            ? throw Invalid($"'[{index}]' is not an element of {array}")
            : (new PathStep(PathStepKind.Place, place, null), array.Element!);
    }

    private WordPart Take(WordPart part, string what)
    {
        int open = what.IndexOf('(', StringComparison.Ordinal);
        var numbers = open >= 0 && what[^1] == ')' ? what[(open + 1)..^1].Split(',') : [];
        bool hasTwo = numbers.Length == 2;
        var (one, other) = (0, 0);
        hasTwo = hasTwo && TryNumber(numbers[0], out one) && TryNumber(numbers[1], out other);
        return what switch
        {
            "first20" => part with { SliceStart = 0, SliceLength = Address.Size },
            "last20" => part with { SliceStart = -Address.Size, SliceLength = Address.Size },
            "negated" => part with { IsNegated = true },
            _ when hasTwo && what.StartsWith("at(", StringComparison.Ordinal) && other is > 0 and <= AbiType.WordBytes => part with { SliceStart = one, SliceLength = other },
            _ when hasTwo && what.StartsWith("bits(", StringComparison.Ordinal) && one >= 0 && other > 0 && one + other <= 256 => part with { FirstBit = one, BitCount = other },
            _ => throw Invalid($"'{what}' is not a part"),
        };
    }

    private PoolToken Token(string what)
    {
        string place = what[^1] == ')' ? what["token(".Length..^1] : string.Empty;
        return TryNumber(place, out int number) && number >= 0 ? new PoolToken(number, null) : new PoolToken(0, new PathParser(place, scope, arguments).Parse());
    }

    private int Closing(string path, int open)
    {
        int depth = 0;
        for (int i = open; i < path.Length; i++)
        {
            depth += path[i] == '[' ? 1 : path[i] == ']' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        throw Invalid("a bracket is not closed");
    }

    private FormatException Invalid(string reason) => new($"'{text}' is not a valid path: {reason}.");

    private static bool TryNumber(string digits, out int number) => int.TryParse(digits, NumberStyles.AllowLeadingSign, NumberFormatInfo.InvariantInfo, out number);

    private static int IndexOf(AbiType type, string name)
    {
        for (int i = 0; i < type.Members.Count; i++)
        {
            if (type.Members[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
