using Mempulse.Api.Streaming;
using Mempulse.Dashboard.Screens.Health;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Tests.Health;

/// <summary>Where a reader of the stream is, from two readings of it.</summary>
public sealed class ReaderRowTests
{
    private static readonly TimeSpan _passed = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(1_000UL, 0UL, 0UL, "live")]
    [InlineData(744UL, 256UL, 0UL, "live")]
    [InlineData(743UL, 257UL, 0UL, "catching up")]
    [InlineData(1_000UL, 0UL, 5UL, "slow")]
    public void A_reader_is_slow_if_events_were_merged_since_the_last_reading_and_catching_up_while_it_is_behind(ulong at, ulong behind, ulong merged, string state)
    {
        var row = ReaderRow.Of(new ReaderStanding(3, "bot", new ChainId(1), at, 130, 7 + merged), new ReaderStanding(3, "bot", new ChainId(1), 0, 100, 7), _passed, end: 1_000);

        Assert.Equal(("/stream bot", behind, 15_000L, 7 + merged, state), (row.Name, row.Behind, row.EventsPerThousandSeconds!.Value, row.Coalesced, row.State));
    }

    [Fact]
    public void The_first_reading_has_no_rate_and_calls_no_reader_slow()
    {
        var row = ReaderRow.Of(new ReaderStanding(3, "bot", new ChainId(1), 1_001, 130, 7), before: null, _passed, end: 1_000);

        Assert.Equal((0UL, null, "live"), (row.Behind, row.EventsPerThousandSeconds, row.State));
    }
}
