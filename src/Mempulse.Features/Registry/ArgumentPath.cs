using System.Globalization;
using Mempulse.Ethereum.Abi;
using Mempulse.Primitives;

namespace Mempulse.Features.Registry;

/// <summary>Where a decoder finds a value: in an argument, or in the call itself. Compiled against the argument types of a function. Immutable.</summary>
/// <remarks>
/// Texts: <c>params.path[0]</c> names members and elements (<c>[-1]</c> is the last); <c>|first20</c> and <c>|last20</c> take an address out
/// of packed bytes; <c>@sender</c>, <c>@target</c> and <c>@value</c> are those of the call; an address stands for itself.
/// </remarks>
public sealed class ArgumentPath
{
    private readonly int[] _steps;

    private ArgumentPath(string text, PathSource source, int[] steps, AbiType? type, Address constant)
    {
        (Text, Source, _steps, Type, Constant) = (text, source, steps, type, constant);
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Where the value is.</summary>
    public PathSource Source { get; }

    /// <summary>The type of the argument that the steps lead to; null if the source is not an argument.</summary>
    public AbiType? Type { get; }

    /// <summary>The address that the path stands for.</summary>
    public Address Constant { get; }

    /// <summary>Compiles a path.</summary>
    /// <exception cref="FormatException">The text is not a path, or leads to no argument.</exception>
    public static ArgumentPath Parse(string text, AbiType arguments)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(arguments);
        switch (text)
        {
            case "@sender":
                return new ArgumentPath(text, PathSource.Sender, [], null, default);
            case "@target":
                return new ArgumentPath(text, PathSource.Target, [], null, default);
            case "@value":
                return new ArgumentPath(text, PathSource.Value, [], null, default);
            case ['0', 'x', ..]:
                return new ArgumentPath(text, PathSource.Constant, [], null, Address.Parse(text));
            default:
                var (path, source) = SplitPart(text);
                var (steps, type) = Compile(path, arguments);
                bool isPacked = source != PathSource.Argument;
                return isPacked && type.Kind != AbiKind.Bytes
                    ? throw new FormatException($"'{text}' is not a valid path: a part is taken of bytes, not of {type}.")
                    : new ArgumentPath(text, source, steps, type, default);
        }
    }

    /// <summary>Follows the steps.</summary>
    /// <returns>What is wrong; <see cref="AbiFault.None"/> if <paramref name="value"/> is set.</returns>
    public AbiFault Follow(in AbiValue arguments, out AbiValue value)
    {
        value = arguments;
        foreach (int step in _steps)
        {
            AbiFault fault;
            if (value.Type.Kind == AbiKind.Tuple)
            {
                fault = value.ReadMember(step, out value);
            }
            else
            {
                fault = value.ReadCount(out int count);
                int index = step < 0 ? count + step : step;
                fault = fault != AbiFault.None ? fault : index < 0 || index >= count ? AbiFault.LengthOutOfRange : value.ReadElement(index, out value);
            }

            if (fault != AbiFault.None)
            {
                return fault;
            }
        }

        return AbiFault.None;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static (string Path, PathSource Source) SplitPart(string text) =>
        text.EndsWith("|first20", StringComparison.Ordinal) ? (text[..^8], PathSource.FirstPacked)
        : text.EndsWith("|last20", StringComparison.Ordinal) ? (text[..^7], PathSource.LastPacked)
        : (text, PathSource.Argument);

    private static (int[] Steps, AbiType Type) Compile(string path, AbiType arguments)
    {
        var steps = new List<int>();
        var type = arguments;
        foreach (string part in path.Split('.'))
        {
            string[] names = part.Split('[');
            int member = IndexOf(type, names[0]);
            if (member < 0)
            {
                throw new FormatException($"'{path}' is not a valid path: '{names[0]}' is not a member of {type}.");
            }

            steps.Add(member);
            type = type.Members[member].Type;
            foreach (string index in names.Skip(1))
            {
                if (type.Kind != AbiKind.Array || index is not [.., ']']
                    || !int.TryParse(index.AsSpan(0, index.Length - 1), NumberStyles.AllowLeadingSign, NumberFormatInfo.InvariantInfo, out int step)
                    || (type.Width > 0 && (step >= type.Width || step < -type.Width)))
                {
                    throw new FormatException($"'{path}' is not a valid path: '[{index}' is not an element of {type}.");
                }

                steps.Add(step);
                type = type.Element!;
            }
        }

        return ([.. steps], type);
    }

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
