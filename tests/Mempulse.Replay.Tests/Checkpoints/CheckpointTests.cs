using System.Buffers.Binary;
using System.IO.Hashing;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Replay.Entries;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Checkpoints;

public sealed class CheckpointTests
{
    [Fact]
    public void A_checkpoint_at_every_event_of_a_reorg_continues_to_the_same_digest()
    {
        var log = Stories.Reorg().Log;
        var straight = ReplayEngine.Create(Scenario.Chain);
        straight.Apply(log.ScanAfter(GlobalSeq.None));

        for (ulong at = 1; at <= log.Last.Value; at++)
        {
            var first = ReplayEngine.Create(Scenario.Chain);
            for (ulong seq = 1; seq <= at; seq++)
            {
                first.Apply(log.At(new GlobalSeq(seq)));
            }

            var saved = new ByteBuffer();
            first.SaveCheckpoint(saved);
            var second = ReplayEngine.Restore(Scenario.Chain, saved.WrittenSpan);
            second.AssertInvariants();
            Assert.Equal(first.Digest(), second.Digest());
            var again = new ByteBuffer();
            second.SaveCheckpoint(again);
            Assert.True(saved.WrittenSpan.SequenceEqual(again.WrittenSpan), $"The checkpoint at {at} has two encodings.");

            second.Apply(log.ScanAfter(second.Applied));
            Assert.Equal(straight.Digest(), second.Digest());
            Assert.Equal(straight.ExpectedCount, second.ExpectedCount);
            Assert.Equal(0ul, second.DivergenceCount);
        }
    }

    [Fact]
    public void Slices_have_as_many_entries_as_were_asked_for_and_are_together_the_checkpoint()
    {
        var engine = Stories.Reorg().Engine;
        var whole = new ByteBuffer();
        engine.SaveCheckpoint(whole);

        var (ones, sevens) = (Slices(1), Slices(7));

        Assert.Equal(whole.WrittenSpan.ToArray(), ones.SelectMany(static slice => slice));
        Assert.Equal(ones.Select(static slice => slice.Length).Chunk(7).Select(Enumerable.Sum), sevens.Select(static slice => slice.Length));

        List<byte[]> Slices(int entries)
        {
            var slice = new ByteBuffer();
            List<byte[]> slices = [];
            using var checkpoint = engine.BeginCheckpoint();
            checkpoint.Sort();
            while (!checkpoint.IsComplete)
            {
                slice.Clear();
                Assert.Equal(checkpoint.SaveNext(entries, slice), checkpoint.IsComplete);
                slices.Add(slice.WrittenSpan.ToArray());
            }

            Assert.Equal(engine.Digest(), checkpoint.Digest);
            Assert.True(checkpoint.SaveNext(entries, slice));
            Assert.Equal(slices[^1].Length, slice.Length); // nothing more
            return slices;
        }
    }

    [Fact]
    public void A_checkpoint_is_sorted_before_it_is_saved_and_saved_before_it_ends()
    {
        var engine = Stories.Reorg().Engine;
        var checkpoint = engine.BeginCheckpoint();

        Assert.Contains("INV-97", Assert.Throws<InvariantBrokenException>(() => checkpoint.SaveNext(1, new ByteBuffer())).Message, StringComparison.Ordinal);
        checkpoint.Sort();
        Assert.False(checkpoint.SaveNext(1, new ByteBuffer()));
        Assert.Throws<InvalidOperationException>(() => checkpoint.Digest);
        checkpoint.Dispose();
        Assert.Contains("INV-97", Assert.Throws<InvariantBrokenException>(() => checkpoint.SaveNext(1, new ByteBuffer())).Message, StringComparison.Ordinal);

        using var next = engine.BeginCheckpoint();
        checkpoint.Dispose(); // a second time, which ends no other
        Assert.Contains("INV-96", Assert.Throws<InvariantBrokenException>(() => engine.BeginCheckpoint()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_that_do_not_add_up_to_the_saved_digest_are_refused_though_the_hash_of_the_bytes_is_right()
    {
        const int hashSize = 16;
        var engine = Stories.Reorg().Engine;
        var saved = new ByteBuffer();
        engine.SaveCheckpoint(saved);
        byte[] bytes = saved.WrittenSpan.ToArray();

        bytes[^(hashSize + 1)] ^= 1; // the digest is the last thing before the hash
        BinaryPrimitives.WriteUInt128LittleEndian(bytes.AsSpan(^hashSize..), XxHash128.HashToUInt128(bytes.AsSpan(..^hashSize)));

        var refused = Assert.Throws<CheckpointException>(() => FoldComposition.Default.Restore(Scenario.Chain, bytes));
        Assert.EndsWith($"found {engine.Digest()}.", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("values")]
    [InlineData("entries")]
    public void A_byte_too_many_is_refused_though_the_hash_of_the_bytes_is_right(string after)
    {
        const int hashSize = 16;
        var saved = new ByteBuffer();
        Stories.Reorg().Engine.SaveCheckpoint(saved);
        byte[] content = saved.WrittenSpan[..^hashSize].ToArray();
        var reader = new EntryReader(content);
        reader.ReadUInt32(); // magic
        reader.ReadUInt32(); // version
        reader.ReadString(); // rules
        reader.ReadUInt64(); // chain
        reader.ReadUInt64(); // position
        reader.ReadInt64(); // time
        int lengthAt = reader.Position;
        int length = reader.ReadCount();
        int end = after == "values" ? reader.Position + length : content.Length;
        if (after == "values")
        {
            BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(lengthAt), length + 1);
        }

        byte[] longer = [.. content[..end], 0, .. content[end..], .. new byte[hashSize]];
        BinaryPrimitives.WriteUInt128LittleEndian(longer.AsSpan(^hashSize..), XxHash128.HashToUInt128(longer.AsSpan(..^hashSize)));

        var refused = Assert.Throws<CheckpointException>(() => FoldComposition.Default.Restore(Scenario.Chain, longer));
        Assert.EndsWith("unexpected bytes after the last entry.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_detected()
    {
        var saved = new ByteBuffer();
        Stories.Reorg().Engine.SaveCheckpoint(saved);
        byte[] bytes = saved.WrittenSpan.ToArray();

        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            Assert.Throws<CheckpointException>(() => ReplayEngine.Restore(Scenario.Chain, bytes));
            bytes[i] ^= 1;
        }
    }
}
