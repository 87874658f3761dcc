using Mempulse.Ethereum.Abi;
using Mempulse.Primitives;

namespace Mempulse.Features.Registry;

/// <summary>Where a decoder finds a value: in an argument, or in the call itself. Compiled against the argument types of a function. Immutable.</summary>
/// <remarks>
/// <para>Texts: <c>params.path[0]</c> names members and elements (<c>[-1]</c> is the last, <c>[last]</c> the last that is not zero, <c>[i]</c> the one that
/// argument i states); <c>@sender</c>, <c>@target</c> and <c>@value</c> are those of the call, and <c>@input</c> is all of a command that is a call; an address stands for itself. A path that begins with <c>^</c>
/// starts at the arguments of the function, where others start at an element.</para>
/// <para>After a bar follows what is taken of the value: <c>|at(4,32)</c> bytes of packed ones (<c>|first20</c> and <c>|last20</c> are addresses at their ends),
/// <c>|bits(160,1)</c> bits of a word from the lowest, <c>|negated</c> a negative number without its sign, <c>|token(0)</c> a token of the pool that the
/// value is the address of, by its place or by the argument that states it.</para>
/// </remarks>
public sealed class ArgumentPath
{
    private readonly PathStep[] _steps;

    internal ArgumentPath(string text, PathSource source, PathStep[] steps, AbiType? type)
    {
        (Text, Source, _steps, Type) = (text, source, steps, type);
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Where the value is.</summary>
    public PathSource Source { get; }

    /// <summary>The type of the argument that the steps lead to; null if the source is not an argument.</summary>
    public AbiType? Type { get; }

    /// <summary>The address that the path stands for.</summary>
    public Address Constant { get; internal init; }

    /// <summary>True if the steps begin at the arguments of the function, not at an element of one of them.</summary>
    internal bool IsOuter { get; init; }

    /// <summary>What is taken of the value.</summary>
    internal WordPart Part { get; init; }

    /// <summary>Which token of the pool is meant that the value is the address of; null if the value itself is.</summary>
    internal PoolToken? Token { get; init; }

    /// <summary>Compiles a path.</summary>
    /// <exception cref="FormatException">The text is not a path, or leads to no argument.</exception>
    public static ArgumentPath Parse(string text, AbiType arguments) => new PathParser(text, arguments, arguments).Parse();

    /// <summary>Follows the steps from the arguments of the function.</summary>
    /// <returns>What is wrong; <see cref="AbiFault.None"/> if <paramref name="value"/> is set.</returns>
    public AbiFault Follow(scoped in AbiValue arguments, out AbiValue value) => Follow(arguments, arguments, out value);

    /// <summary>Follows the steps.</summary>
    /// <param name="scope">An element, or the arguments of the function.</param>
    /// <param name="arguments">The arguments of the function.</param>
    /// <param name="value">The value.</param>
    /// <returns>What is wrong; <see cref="AbiFault.None"/> if <paramref name="value"/> is set.</returns>
    internal AbiFault Follow(scoped in AbiValue scope, scoped in AbiValue arguments, out AbiValue value)
    {
        value = IsOuter ? arguments : scope;
        int first = value.Type.Kind == AbiKind.Tuple ? 0 : 1; // an element that is not a tuple is its own only member
        for (int i = first; i < _steps.Length; i++)
        {
            AbiFault fault;
            if (value.Type.Kind == AbiKind.Tuple)
            {
                fault = value.ReadMember(_steps[i].Index, out value);
            }
            else
            {
                fault = Find(_steps[i], value, scope, arguments, out int index);
                fault = fault != AbiFault.None ? fault : value.ReadElement(index, out value);
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

    private static AbiFault Find(in PathStep step, scoped in AbiValue array, scoped in AbiValue scope, scoped in AbiValue arguments, out int index)
    {
        index = -1;
        var fault = array.ReadCount(out int count);
        if (fault != AbiFault.None)
        {
            return fault;
        }

        switch (step.Kind)
        {
            case PathStepKind.Stated:
                fault = step.Path!.Follow(scope, arguments, out var stated);
                index = fault == AbiFault.None && stated.ToUInt256() is { FitsUInt64: true } number && number.LowUInt64 < (ulong)count ? (int)number.LowUInt64 : -1;
                break;
            case PathStepKind.LastUsed:
                for (index = count - 1; index >= 0 && array.ReadElement(index, out var element) == AbiFault.None && element.ToUInt256().IsZero; index--)
                {
                }

                break;
            default:
                index = step.Index < 0 ? count + step.Index : step.Index;
                break;
        }

        return fault != AbiFault.None ? fault : index < 0 || index >= count ? AbiFault.LengthOutOfRange : AbiFault.None;
    }
}
