using Mempulse.Ethereum.Hashing;
using Mempulse.Features.Markets;
using Mempulse.Primitives;
using Mempulse.Testing.Contracts;
using Mempulse.Testing.Mainnet;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Features.Tests.Markets;

/// <summary>Reports to price feeds, held against what the feeds answered, and calldata that is no report.</summary>
public sealed class OracleReportTests
{
    private const string Transmit1 = "transmit(bytes,bytes32[],bytes32[],bytes32)";
    private const string Transmit2 = "transmit(bytes32[3],bytes,bytes32[],bytes32[],bytes32)";

    private static readonly Address s_feed = Named.Account("feed");
    private static readonly Hash256 s_answer = Keccak256.Hash("AnswerUpdated(int256,uint256,uint256)"u8);

    [Fact]
    public void Every_report_on_mainnet_says_what_its_feed_answered()
    {
        int reports = 0;
        foreach (var call in IncludedCalls.LoadRlp(Path.Combine(AppContext.BaseDirectory, "vectors", "mainnet")))
        {
            if (call.Target is not { } target || !OracleReport.TryRead(target, call.Data.Span, out var report) || call.Logs is null)
            {
                continue;
            }

            var answers = call.Logs.Where(log => log.Account == report.Feed && log.Topics is [var topic, ..] && topic == s_answer).ToList();
            Assert.All(answers, log => Assert.Equal(report.Answer, Word(log.Topics[1])));
            reports += answers.Count;
        }

        Assert.True(reports > 0, $"{reports} reports");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(31, 16)]
    public void The_answer_is_the_median_and_the_upper_one_of_two(int count, ulong median)
    {
        UInt256[] observations = [.. Enumerable.Range(1, count).Select(static value => (UInt256)(ulong)value)];

        Assert.True(OracleReport.TryRead(s_feed, First(observations), out var first));
        Assert.True(OracleReport.TryRead(s_feed, Second(observations), out var second));

        Assert.Equal((new OracleReport(s_feed, median), new OracleReport(s_feed, median)), (first, second));
    }

    [Fact]
    public void A_forwarder_names_the_feed()
    {
        byte[] forwarded = CallData.Of("forward(address,bytes)").Add(s_feed).Add(64).AddBytes(Second([7])).ToArray();

        Assert.True(OracleReport.TryRead(Named.Account("forwarder"), forwarded, out var report));
        Assert.Equal(new OracleReport(s_feed, 7), report);
        Assert.False(OracleReport.TryRead(s_feed, CallData.Of("forward(address,bytes)").Add(s_feed).Add(64).AddBytes(forwarded).ToArray(), out _)); // a forwarder of forwarders
    }

    [Fact]
    public void A_negative_answer_is_zero_and_observations_that_do_not_rise_are_no_report()
    {
        UInt256.NegateWrapping(5, out var negative);

        Assert.True(OracleReport.TryRead(s_feed, First([negative]), out var report));
        Assert.Equal(UInt256.Zero, report.Answer);
        Assert.True(OracleReport.TryRead(s_feed, First([negative, 3, 4]), out report));
        Assert.Equal((UInt256)3, report.Answer);
        Assert.False(OracleReport.TryRead(s_feed, First([3, 2, 4]), out _));
    }

    [Fact]
    public void Calldata_that_is_cut_or_points_outside_is_no_report()
    {
        byte[] whole = Second([7, 8, 9]);

        for (int length = 0; length < whole.Length; length++)
        {
            Assert.False(OracleReport.TryRead(s_feed, whole.AsSpan(0, length), out _), $"{length} bytes");
        }

        Assert.False(OracleReport.TryRead(s_feed, First([]), out _));
        Assert.False(OracleReport.TryRead(s_feed, First([.. Enumerable.Range(1, 32).Select(static value => (UInt256)(ulong)value)]), out _));
        Assert.False(OracleReport.TryRead(s_feed, CallData.Of(Transmit1).Add(UInt256.MaxValue).Add(0).Add(0).Add(0).ToArray(), out _));
        Assert.False(OracleReport.TryRead(s_feed, CallData.Of(Transmit1).Add(33).Add(0).Add(0).Add(0).ToArray(), out _));
    }

    /// <summary>A report of the first protocol: context, observers, observations.</summary>
    private static byte[] First(UInt256[] observations)
    {
        var report = CallData.Words().Add(1).Add(2).Add(96).Add((ulong)observations.Length);
        Array.ForEach(observations, observation => report.Add(observation));
        return CallData.Of(Transmit1).Add(128).Add(0).Add(0).Add(0).AddBytes(report.ToArray()).ToArray();
    }

    /// <summary>A report of the second: time, observers, observations, a price that is not read.</summary>
    private static byte[] Second(UInt256[] observations)
    {
        var report = CallData.Words().Add(1).Add(2).Add(128).Add(5).Add((ulong)observations.Length);
        Array.ForEach(observations, observation => report.Add(observation));
        return CallData.Of(Transmit2).Add(1).Add(2).Add(3).Add(224).Add(0).Add(0).Add(0).AddBytes(report.ToArray()).ToArray();
    }

    private static UInt256 Word(Hash256 topic) => UInt256.FromBigEndian(topic.ToArray());
}
