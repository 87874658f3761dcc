using CsCheck;
using Mempulse.Ethereum.Abi;

namespace Mempulse.Ethereum.Tests.Abi;

/// <summary>A value of a random type: its type as text, and the only canonical encoding of it, written by the rules of the specification.</summary>
/// <param name="Type">The type.</param>
/// <param name="Content">The encoding of the value itself, without its offset.</param>
/// <param name="IsDynamic">True if the size depends on the value.</param>
internal sealed record AbiSample(string Type, byte[] Content, bool IsDynamic)
{
    /// <summary>Functions with up to four arguments, whose types are at most three deep.</summary>
    public static Gen<(AbiFunction Function, byte[] Encoding)> Calls { get; } =
        Any(3).Array[0, 4].Select(static arguments => (AbiFunction.Parse($"f({string.Join(',', arguments.Select(static a => a.Type))})"), Sequence(arguments)));

    /// <summary>The heads of values and their tails: enc(X) of the specification for tuples.</summary>
    public static byte[] Sequence(IReadOnlyList<AbiSample> values)
    {
        int headBytes = values.Sum(static value => value.IsDynamic ? 32 : value.Content.Length);
        var heads = new List<byte>();
        var tails = new List<byte>();
        foreach (var value in values)
        {
            heads.AddRange(value.IsDynamic ? Number((ulong)(headBytes + tails.Count)) : value.Content);
            tails.AddRange(value.IsDynamic ? value.Content : []);
        }

        return [.. heads, .. tails];
    }

    private static Gen<AbiSample> Any(int depth)
    {
        var elementary = Gen.OneOf(
            Gen.Byte.Array[20].Select(static bytes => new AbiSample("address", [.. new byte[12], .. bytes], false)),
            Gen.Bool.Select(static value => new AbiSample("bool", Number(value ? 1UL : 0), false)),
            Gen.Int[1, 32].SelectMany(static width => Gen.Byte.Array[width].Select(bytes => new AbiSample($"uint{8 * width}", [.. new byte[32 - width], .. bytes], false))),
            Gen.Int[1, 32].SelectMany(static width => Gen.Byte.Array[width].Select(bytes => new AbiSample($"int{8 * width}", [.. Enumerable.Repeat((byte)(bytes[0] >> 7 == 1 ? 0xff : 0), 32 - width), .. bytes], false))),
            Gen.Int[1, 32].SelectMany(static width => Gen.Byte.Array[width].Select(bytes => new AbiSample($"bytes{width}", [.. bytes, .. new byte[32 - width]], false))));
        var bytes = Gen.Bool.Select(Gen.Byte.Array[0, 70], static (isText, content) => new AbiSample(isText ? "string" : "bytes", [.. Number((ulong)content.Length), .. content, .. new byte[(32 - (content.Length % 32)) % 32]], true));
        if (depth == 0)
        {
            return Gen.OneOf(elementary, bytes);
        }

        var inner = Any(depth - 1);
        return Gen.OneOf(
            elementary,
            bytes,
            inner.Array[1, 3].Select(static members => new AbiSample($"({string.Join(',', members.Select(static m => m.Type))})", Sequence(members), members.Any(static m => m.IsDynamic))),
            inner.SelectMany(static one => Gen.Int[0, 3].Select(count => new AbiSample($"{one.Type}[]", [.. Number((ulong)count), .. Sequence([.. Enumerable.Repeat(one, count)])], true))),
            inner.SelectMany(static one => Gen.Int[1, 3].Select(count => new AbiSample($"{one.Type}[{count}]", Sequence([.. Enumerable.Repeat(one, count)]), one.IsDynamic))));
    }

    private static byte[] Number(ulong value)
    {
        byte[] word = new byte[32];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(word.AsSpan(24), value);
        return word;
    }
}
