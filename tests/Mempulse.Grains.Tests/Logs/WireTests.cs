using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Reasons;
using Mempulse.Primitives.Records;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Mempulse.Grains.Tests.Logs;

/// <summary>What crosses the wire between silos arrives as it was sent, and what is damaged on the way does not become a batch.</summary>
public sealed class WireTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    public static TheoryData<object> Values =>
    [
        new UnixNanoseconds(-5), Address.Parse("0xcccccccccccccccccccccccccccccccccccc0001"), new Nonce(7), new StateDigest(UInt128.MaxValue - 3), new GlobalSeq(8), SourceId.Of("node"),
        LaneId.Of("rpc"), new Wei(UInt256.MaxValue), new Gas(9), new Hash256([.. Enumerable.Range(1, 32).Select(number => (byte)number)]), new ChainId(10), new LaneSequence(new GlobalSeq(3), 4),
        new Epoch(11), new BlockNumber(12), EventKey.Sender(Address.Parse("0xcccccccccccccccccccccccccccccccccccc0001")), EventKey.Tx(new Hash256([.. Enumerable.Range(1, 32).Select(number => (byte)number)])),
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_arrives_as_it_was_sent(object value) => Assert.Equal(value, Serializer.Deserialize<object>(Serializer.SerializeToArray(value)));

    [Fact]
    public void A_batch_arrives_with_its_lane_its_numbers_and_its_bytes()
    {
        var sent = TestLog.Sightings(5, 3);

        var arrived = Serializer.Deserialize<EventBatch>(Serializer.SerializeToArray(sent))!;

        Assert.Equal((sent.Lane, 3, sent.First, sent.Last), (arrived.Lane, arrived.Count, arrived.First, arrived.Last));
        Assert.Equal(sent.Records.ToArray(), arrived.Records.ToArray());
    }

    [Fact]
    public void A_batch_that_is_damaged_on_the_way_is_refused()
    {
        byte[] bytes = Serializer.SerializeToArray(TestLog.Sightings(5, 3));
        bytes[^20] ^= 1;

        Assert.ThrowsAny<Exception>(() => Serializer.Deserialize<EventBatch>(bytes));
    }

    [Fact]
    public void A_notice_and_an_answer_arrive_with_every_part()
    {
        var batch = new SequencedBatch(new Epoch(2), new GlobalSeq(5), 3, new GlobalSeq(9), TestLog.Sightings(5, 3).Records);
        var notice = Serializer.Deserialize<LogNotice>(Serializer.SerializeToArray(new LogNotice(new Epoch(4), new GlobalSeq(10), batch)))!;
        var answer = new AppendAnswer { Outcome = AppendOutcome.NoRoom, First = new GlobalSeq(1), Last = new GlobalSeq(2), Appended = 3, Duplicates = 4, Watermark = new GlobalSeq(50), Applied = new GlobalSeq(6), Detail = "full" };

        Assert.Equal((new Epoch(4), new GlobalSeq(10)), (notice.Epoch, notice.Watermark));
        Assert.Equal((batch.Epoch, batch.First, batch.Count, batch.Watermark), (notice.Batch!.Epoch, notice.Batch.First, notice.Batch.Count, notice.Batch.Watermark));
        Assert.Equal(batch.Records.ToArray(), notice.Batch.Records.ToArray());
        Assert.Equal(answer, Serializer.Deserialize<AppendAnswer>(Serializer.SerializeToArray(answer)));
        Assert.Equal(44UL, answer.FoldLag);
        Assert.Equal(0UL, (answer with { Applied = new GlobalSeq(50) }).FoldLag);
        Assert.Equal(0UL, (answer with { Applied = new GlobalSeq(ulong.MaxValue) }).FoldLag); // no fold runs
    }

    [Fact]
    public void An_answer_and_its_reasons_arrive_with_every_part()
    {
        var reason = new Reason("verdict", EvidenceStrength.Strong, "Sentence.") { Numbers = [new Quantity("lacks", UInt256.MaxValue, "wei")], WouldDecide = "more" }
            .RestingOn(Enumerable.Range(1, 40).Select(static seq => new GlobalSeq((ulong)seq)));
        var sent = new WhyAnswer { Subject = "transaction", Id = new Hash256([.. Enumerable.Range(1, 32).Select(number => (byte)number)]), Chain = new ChainId(5), State = "Left", AsOf = new GlobalSeq(6), AsOfTime = new UnixNanoseconds(7), Reasons = [reason], IsTruncated = true };

        var arrived = Serializer.Deserialize<WhyAnswer>(Serializer.SerializeToArray(sent))!;

        Assert.Equal(sent with { Reasons = [] }, arrived with { Reasons = [] });
        var single = Assert.Single(arrived.Reasons);
        Assert.Equal((reason.Verdict, reason.Strength, reason.Sentence, reason.WouldDecide, 40), (single.Verdict, single.Strength, single.Sentence, single.WouldDecide, single.EvidenceCount));
        Assert.Equal(reason.Numbers, single.Numbers);
        Assert.Equal(reason.Evidence, single.Evidence);
    }

    [Theory]
    [InlineData("1", 1UL, "")]
    [InlineData("11155111/0xab", 11_155_111UL, "0xab")]
    [InlineData("5/", 5UL, "")]
    public void A_key_is_parsed_into_its_chain_and_the_rest(string key, ulong chain, string entity) =>
        Assert.Equal((new ChainId(chain), entity), (GrainKeys.ChainOf(key), GrainKeys.EntityOf(key)));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("x/1")]
    [InlineData("18446744073709551616")]
    public void A_key_without_a_chain_is_refused(string key) => Assert.Contains("expected a chain id", Assert.Throws<FormatException>(() => GrainKeys.ChainOf(key)).Message, StringComparison.Ordinal);

    public void Dispose() => _services.Dispose();
}
