using System.Diagnostics.CodeAnalysis;
using Mempulse.Ethereum.Blocks;
using Mempulse.Ethereum.Rlp;
using Mempulse.Primitives.Encoding;

namespace Mempulse.Evm.Tests.Chains;

/// <summary>A decoded block and the length of its RLP.</summary>
/// <param name="Header">The header.</param>
/// <param name="Body">The body.</param>
/// <param name="SizeBytes">Length of the block's RLP, in bytes.</param>
internal sealed record RawBlock(BlockHeader Header, BlockBody Body, int SizeBytes)
{
    /// <summary>Decodes a file of concatenated blocks.</summary>
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

    /// <summary>Decodes one block that spans all of <paramref name="encoded"/>; returns false if the bytes are not a block.</summary>
    public static bool TryRead(ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out RawBlock? block, out RlpFailure failure)
    {
        var reader = new RlpReader(encoded);
        block = Read(ref reader);
        reader.ExpectEnd();
        failure = new RlpFailure(reader.Error, reader.ErrorOffsetBytes);
        block = reader.Failed ? null : block;
        return block is not null;
    }

    /// <summary>Returns the RLP of a block.</summary>
    public static byte[] Encode(BlockHeader header, BlockBody body)
    {
        var encoded = new ByteBuffer();
        var writer = new RlpWriter(encoded);
        int start = writer.BeginList();
        HeaderCodec.Write(header, writer);
        body.Write(writer);
        writer.EndList(start);
        return encoded.WrittenSpan.ToArray();
    }

    private static RawBlock Read(scoped ref RlpReader reader)
    {
        int start = reader.PositionBytes;
        int outer = reader.EnterList();
        var header = HeaderCodec.Read(ref reader);
        var body = BlockBody.Read(ref reader);
        reader.LeaveList(outer);
        return new RawBlock(header, body, reader.PositionBytes - start);
    }
}
