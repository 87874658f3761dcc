using Mempulse.ChainState.Recorded;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Witnesses;

namespace Mempulse.ChainState.Tests.Recorded;

/// <summary>A file of recorded states returns what was written, and nothing else is taken for it.</summary>
public sealed class RecordedStateFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-").FullName;

    [Fact]
    public void What_was_written_is_read_and_written_again_in_the_same_bytes()
    {
        byte[] bytes = RecordedSamples.Bytes(RecordedSamples.States);

        var read = RecordedStateFile.Read(Save(bytes));

        Assert.Equal((new ChainId(1), "sample", "made by a test", 2), (read.Chain, read.Capture, read.Provenance, read.Blocks.Count));
        Assert.Equal(RecordedSamples.States.Blocks.Select(Witness), read.Blocks.Select(Witness));
        Assert.Equal(bytes, RecordedSamples.Bytes(read));
    }

    [Fact]
    public void The_file_of_version_1_is_read_for_ever()
    {
        var read = RecordedStateFile.Read(Path.Combine(AppContext.BaseDirectory, "Golden", "recorded-state-v1.mps"));

        Assert.Equal(RecordedSamples.States.Blocks.Select(Witness), read.Blocks.Select(Witness));
    }

    [Fact]
    public void Every_beginning_of_a_file_is_refused()
    {
        byte[] bytes = RecordedSamples.Bytes(RecordedSamples.States);

        for (int length = 0; length < bytes.Length; length++)
        {
            Refused(bytes[..length]);
        }
    }

    [Fact]
    public void Every_changed_bit_and_every_byte_too_many_is_refused()
    {
        byte[] bytes = RecordedSamples.Bytes(RecordedSamples.States);

        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] changed = [.. bytes];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Refused(changed);
        }

        Refused([.. bytes, 0]);
    }

    [Fact]
    public void States_out_of_order_are_refused()
    {
        Assert.Contains("follows that for block 200", Refused(RecordedSamples.Bytes(RecordedSamples.States with { Blocks = [RecordedSamples.Block(200), RecordedSamples.Block(200)] })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, "sample", "of chain 1: expected \"sample\" of chain 5")]
    [InlineData(1, "another", "has states of capture \"sample\"")]
    public void States_of_another_capture_are_refused_by_name(ulong chain, string title, string said)
    {
        Save(RecordedSamples.Bytes(RecordedSamples.States), "sample.mps");

        var refused = Assert.Throws<RecordedStateDamagedException>(() => RecordedStateFile.ReadBeside(Path.Combine(_directory, "sample.mpc"), new ChainId(chain), title));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_without_states_beside_it_has_none_and_one_with_them_has_them()
    {
        Assert.Null(RecordedStateFile.ReadBeside(Path.Combine(_directory, "sample.mpc"), new ChainId(1), "sample"));

        Save(RecordedSamples.Bytes(RecordedSamples.States), "sample.mps");

        Assert.Equal(2, RecordedStateFile.ReadBeside(Path.Combine(_directory, "sample.mpc"), new ChainId(1), "sample")!.Blocks.Count);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static string Witness(RecordedBlock block) =>
        Convert.ToHexString(WitnessCodec.Encode(new Witness(new SimRequest { Block = block.Block, Transactions = [] }, block.State, StateTrust.Unverified)));

    private string Refused(byte[] bytes)
    {
        string path = Save(bytes);
        string message = Assert.Throws<RecordedStateDamagedException>(() => RecordedStateFile.Read(path)).Message;
        Assert.StartsWith($"{path} is damaged: ", message, StringComparison.Ordinal);
        return message;
    }

    private string Save(byte[] bytes, string name = "some.mps")
    {
        string path = Path.Combine(_directory, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
