using System.Diagnostics.CodeAnalysis;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Rlp;

namespace Mempulse.Evm.Tests.Chains;

/// <summary>A block as its RLP has it.</summary>
internal sealed record RawBlock(BlockHeader Header, BlockBody Body)
{
    /// <summary>All the blocks of a file that has one after the other.</summary>
    public static IReadOnlyList<RawBlock> ReadAll(ReadOnlySpan<byte> encoded)
    {
        var blocks = new List<RawBlock>();
        var reader = new RlpReader(encoded);
        while (reader.HasMore)
        {
            blocks.Add(Read(ref reader));
        }

        Assert.Equal(RlpError.None, reader.Error);
        return blocks;
    }

    /// <summary>One block that fills <paramref name="encoded"/>; false when it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out RawBlock? block, out RlpFailure failure)
    {
        var reader = new RlpReader(encoded);
        block = Read(ref reader);
        reader.ExpectEnd();
        failure = new RlpFailure(reader.Error, reader.ErrorOffsetBytes);
        block = reader.Failed ? null : block;
        return block is not null;
    }

    private static RawBlock Read(scoped ref RlpReader reader)
    {
        int outer = reader.EnterList();
        var block = new RawBlock(HeaderCodec.Read(ref reader), BlockBody.Read(ref reader));
        reader.LeaveList(outer);
        return block;
    }
}
