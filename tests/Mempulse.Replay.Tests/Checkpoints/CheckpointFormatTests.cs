using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Replay.Entries;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.Checkpoints;

/// <summary>Pins docs/formats/checkpoint.md with a golden file.</summary>
public sealed class CheckpointFormatTests
{
    private const string GoldenDigest = "1b526bbf92d5ffbc9d8815c5292e5304";

    private static readonly string GoldenPath = Path.Combine(AppContext.BaseDirectory, "vectors", "checkpoints", "v2-reorg.bin");

    [Fact]
    public void The_golden_checkpoint_is_written_byte_for_byte()
    {
        var saved = new ByteBuffer();
        MidReorg().SaveCheckpoint(saved);

        Assert.Equal(Convert.ToHexString(File.ReadAllBytes(GoldenPath)), Convert.ToHexString(saved.WrittenSpan));
    }

    [Fact]
    public void The_golden_checkpoint_restores_to_its_digest_in_every_process()
    {
        var restored = ReplayEngine.Restore(Scenario.Chain, File.ReadAllBytes(GoldenPath));

        restored.AssertInvariants();
        Assert.Equal(GoldenDigest, restored.Digest().ToString());
        Assert.Equal(MidReorg().Digest(), restored.Digest());
    }

    [Fact]
    public void A_checkpoint_of_another_chain_is_refused()
    {
        var refused = Assert.Throws<CheckpointException>(() => ReplayEngine.Restore(new ChainId(5), File.ReadAllBytes(GoldenPath)));

        Assert.Equal("The checkpoint belongs to chain 1: expected chain 5.", refused.Message);
    }

    [Fact]
    public void A_checkpoint_of_an_older_format_is_refused_with_a_sentence()
    {
        byte[] older = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "checkpoints", "v1-reorg.bin"));

        var refused = Assert.Throws<CheckpointException>(() => ReplayEngine.Restore(Scenario.Chain, older));

        Assert.Equal("The checkpoint has format version 1; this build reads version 2.", refused.Message);
    }

    [Fact]
    public void Every_prefix_is_refused()
    {
        byte[] golden = File.ReadAllBytes(GoldenPath);
        for (int length = 0; length < golden.Length; length++)
        {
            Assert.Throws<CheckpointException>(() => ReplayEngine.Restore(Scenario.Chain, golden.AsSpan(0, length)));
        }
    }

    /// <summary>The reorg story up to its 60th record: all tables have entries, and derived events are expected.</summary>
    private static ReplayEngine MidReorg()
    {
        var log = Stories.Reorg().Log;
        var engine = ReplayEngine.Create(Scenario.Chain);
        for (ulong seq = 1; seq <= 60; seq++)
        {
            engine.Apply(log.At(new GlobalSeq(seq)));
        }

        return engine;
    }
}
