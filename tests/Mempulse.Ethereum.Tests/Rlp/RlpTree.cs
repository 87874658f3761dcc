using CsCheck;
using Mempulse.Ethereum.Rlp;

namespace Mempulse.Ethereum.Tests.Rlp;

/// <summary>An RLP item, a string or a list, for properties over any structure.</summary>
internal sealed record RlpTree(byte[]? Bytes, RlpTree[] Items)
{
    public static Gen<RlpTree> Any { get; } = OfDepth(4);

    public void Write(RlpWriter writer)
    {
        if (Bytes is not null)
        {
            writer.Write(Bytes);
            return;
        }

        int start = writer.BeginList();
        foreach (var item in Items)
        {
            item.Write(writer);
        }

        writer.EndList(start);
    }

    public static RlpTree Read(ref RlpReader reader)
    {
        if (!reader.IsNextList)
        {
            return new RlpTree(reader.ReadString().ToArray(), []);
        }

        var items = new List<RlpTree>();
        int outer = reader.EnterList();
        while (reader.HasMore)
        {
            items.Add(Read(ref reader));
        }

        reader.LeaveList(outer);
        return new RlpTree(null, [.. items]);
    }

    public bool Matches(RlpTree other) =>
        (Bytes is null) == (other.Bytes is null)
        && (Bytes ?? []).AsSpan().SequenceEqual(other.Bytes ?? [])
        && Items.Length == other.Items.Length
        && Items.Zip(other.Items).All(pair => pair.First.Matches(pair.Second));

    private static Gen<RlpTree> OfDepth(int depth)
    {
        var text = Gen.OneOf(Gen.Byte.Array[0, 3], Gen.Byte.Array[50, 70], Gen.Byte.Array[0, 400]).Select(bytes => new RlpTree(bytes, []));
        return depth == 0 ? text : Gen.OneOf(text, OfDepth(depth - 1).Array[0, 6].Select(items => new RlpTree(null, items)));
    }
}
