using CsCheck;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Replay.NonceChains;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Replay.Tests.NonceChains;

public sealed class TxBodyReaderTests
{
    [Fact]
    public void Reads_the_same_as_the_codec() => Gen.Select(Gen.ULong, Gen.ULong, Gen.ULong, Gen.Int[0, 4], Gen.Int[0, 3]).Sample(
        static (nonce, fee, tip, type, tuples) =>
        {
            var tx = new ScenarioTx("a", "alice", nonce)
            {
                Fee = fee,
                Tip = tip,
                BlobFee = fee ^ tip,
                Type = (TxType)type,
                Authorizes = [.. Enumerable.Range(0, tuples).Select(i => ($"authority {i}", (ulong)i))],
            };
            var payload = new ByteBuffer();
            NormalizedTxCodec.Write(new MessagePackWriter(payload), tx.Body());
            var reader = new MessagePackReader(payload.WrittenSpan);
            var expected = NormalizedTxCodec.Read(ref reader);

            var actual = TxBodyReader.Read(payload.WrittenSpan);

            Assert.Equal((expected.Type, expected.Nonce, expected.BlobCount), (actual.Type, actual.Nonce, actual.BlobCount));
            Assert.Equal(expected.Authorizations.Length, actual.AuthorizationCount);
            Assert.Equal(
                (expected.MaxFeePerGas.Value, expected.MaxPriorityFeePerGas.Value, expected.MaxFeePerBlobGas.Value),
                (actual.Fees.MaxFee, actual.Fees.MaxPriorityFee, actual.Fees.MaxBlobFee));
        });

    [Fact]
    public void A_body_that_ends_early_is_refused_and_changes_nothing()
    {
        var story = new Scenario().Arrives("a", "alice", 0);
        var before = story.Engine.Digest();
        var payload = new ByteBuffer();
        NormalizedTxCodec.Write(new MessagePackWriter(payload), new ScenarioTx("b", "bob", 0).Body());

        for (int length = 0; length < 20; length++)
        {
            Assert.Throws<EventDecodeException>(() => TxBodyReader.Read(payload.WrittenSpan[..length]));
        }

        Assert.Equal(before, story.Engine.Digest());
    }
}
