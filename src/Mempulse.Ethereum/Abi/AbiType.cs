using System.Diagnostics;
using System.Globalization;

namespace Mempulse.Ethereum.Abi;

/// <summary>A type of the contract ABI, with the layout of its encoding. Immutable.</summary>
/// <remarks>Source: <see href="https://docs.soliditylang.org/en/latest/abi-spec.html">Solidity ABI</see>. Types are made by <see cref="AbiFunction.Parse"/>.</remarks>
public sealed class AbiType
{
    /// <summary>Bytes of a word.</summary>
    public const int WordBytes = 32;

    private readonly int[] _headOffsets;
    private readonly AbiType[] _memberTypes;

    private AbiType(AbiKind kind, int width, AbiType? element, IReadOnlyList<AbiParameter> members)
    {
        (Kind, Width, Element, Members) = (kind, width, element, members);
        _headOffsets = new int[members.Count];
        _memberTypes = [.. members.Select(static member => member.Type)];
        int offset = 0;
        for (int i = 0; i < members.Count; i++)
        {
            _headOffsets[i] = offset;
            offset += members[i].Type.HeadBytes;
        }

        IsDynamic = kind switch
        {
            AbiKind.Bytes or AbiKind.Text => true,
            AbiKind.Array => width == 0 || element!.IsDynamic,
            AbiKind.Tuple => members.Any(static member => member.Type.IsDynamic),
            _ => false,
        };
        ContentHeadBytes = kind switch
        {
            AbiKind.Array when width > 0 => checked(width * element!.HeadBytes),
            AbiKind.Tuple => offset,
            _ => WordBytes,
        };
        HeadBytes = IsDynamic ? WordBytes : ContentHeadBytes;
        DynamicMembers = [.. Enumerable.Range(0, members.Count).Where(i => members[i].Type.IsDynamic)];
        StaticParts = 1 + kind switch
        {
            AbiKind.Array when width > 0 && !element!.IsDynamic => checked(width * element.StaticParts),
            AbiKind.Tuple => members.Where(static member => !member.Type.IsDynamic).Sum(static member => member.Type.StaticParts),
            _ => 0,
        };
    }

    /// <summary>The kind.</summary>
    public AbiKind Kind { get; }

    /// <summary>Bits of an integer, bytes of <c>bytesN</c>, elements of <c>T[k]</c>; 0 for <c>T[]</c> and all other kinds.</summary>
    public int Width { get; }

    /// <summary>The type of an array's elements; null for all other kinds.</summary>
    public AbiType? Element { get; }

    /// <summary>The members of a tuple; empty for all other kinds.</summary>
    public IReadOnlyList<AbiParameter> Members { get; }

    /// <summary>True if the encoding's size depends on the value, so that its head is an offset.</summary>
    public bool IsDynamic { get; }

    /// <summary>Bytes that a value takes in the head of the tuple or array that contains it.</summary>
    public int HeadBytes { get; }

    /// <summary>Bytes of the heads of a tuple's members or a fixed array's elements; a word for values and for <c>bytes</c>, <c>string</c> and <c>T[]</c>, where it is the length.</summary>
    internal int ContentHeadBytes { get; }

    /// <summary>The members of a tuple whose size depends on their value.</summary>
    internal int[] DynamicMembers { get; }

    /// <summary>The value itself and the values, arrays and tuples in it, without those whose size depends on their value.</summary>
    internal int StaticParts { get; }

    /// <summary>The offset of a member's head from the start of its tuple, in bytes.</summary>
    internal int HeadOffset(int member) => _headOffsets[member];

    /// <summary>The types of the members.</summary>
    internal ReadOnlySpan<AbiType> MemberTypes => _memberTypes;

    internal static AbiType Value(AbiKind kind, int width) => new(kind, width, null, []);

    internal static AbiType ArrayOf(AbiType element, int count) => new(AbiKind.Array, count, element, []);

    /// <summary>A tuple of members.</summary>
    public static AbiType TupleOf(IReadOnlyList<AbiParameter> members) => new(AbiKind.Tuple, 0, null, members);

    /// <summary>The canonical name, as in the signature that a selector is the hash of: <c>(uint256,bytes)[]</c>.</summary>
    public override string ToString() => Kind switch
    {
        AbiKind.UnsignedInteger => string.Create(NumberFormatInfo.InvariantInfo, $"uint{Width}"),
        AbiKind.SignedInteger => string.Create(NumberFormatInfo.InvariantInfo, $"int{Width}"),
        AbiKind.Address => "address",
        AbiKind.Bool => "bool",
        AbiKind.FixedBytes => string.Create(NumberFormatInfo.InvariantInfo, $"bytes{Width}"),
        AbiKind.Bytes => "bytes",
        AbiKind.Text => "string",
        AbiKind.Array => Width == 0 ? $"{Element}[]" : string.Create(NumberFormatInfo.InvariantInfo, $"{Element}[{Width}]"),
        AbiKind.Tuple => $"({string.Join(',', Members.Select(static member => member.Type.ToString()))})",
        _ => throw new UnreachableException(),
    };
}
