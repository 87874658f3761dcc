using System.Text.Json;
using Mempulse.Dashboard.Feed;
using Mempulse.Dashboard.Screens.Radar;
using Mempulse.Grains.Abstractions.Mempool;
using Mempulse.Grains.Abstractions.Sequencing;
using Mempulse.Primitives;

namespace Mempulse.Dashboard.Tests.Radar;

/// <summary>The series over the last minutes: all steps first, then those that are new or changed.</summary>
public sealed class StripFrameTests
{
    private const long Start = 1_700_000_000;

    private readonly FeedHistory _history = new();

    [Fact]
    public void A_reorg_is_in_the_step_in_which_the_head_came_and_in_no_other()
    {
        foreach (var (at, reorgs, left) in new (long, long, ulong)[] { (0, 0, 0), (2, 1, 3), (4, 1, 3), (6, 2, 1) })
        {
            Add(at, reorgs, left);
        }

        var frame = Read(0, out _);

        Assert.Equal([0, 3, 0, 1], Numbers(frame, "reorgs").TakeLast(4));
    }

    [Fact]
    public void A_browser_gets_the_steps_since_the_one_that_it_has_and_that_one_again()
    {
        Add(0, 0, 0);
        Add(2, 0, 0);
        Read(0, out long drawn);
        Add(3, 1, 1);
        Add(6, 1, 1);

        var frame = Read(drawn, out long last);

        Assert.Equal((Start + 2, Start + 6), (drawn, last));
        Assert.Equal(drawn, frame.GetProperty("from").GetInt64());
        Assert.Equal([1, 0, 0], Numbers(frame, "reorgs"));
        Assert.Equal(3, frame.GetProperty("arrivals").GetArrayLength());
    }

    [Fact]
    public void A_browser_whose_last_step_is_older_than_the_series_gets_all_of_them()
    {
        Add(0, 0, 0);
        Read(0, out long drawn);
        Add(1_000, 0, 0);

        var frame = Read(drawn, out _);

        Assert.False(frame.TryGetProperty("from", out _));
        Assert.Equal(151, frame.GetProperty("arrivals").GetArrayLength());
    }

    private static IEnumerable<long> Numbers(JsonElement frame, string name) => frame.GetProperty(name).EnumerateArray().Select(static number => number.ValueKind == JsonValueKind.Null ? -1 : number.GetInt64());

    private JsonElement Read(long drawn, out long last)
    {
        using var json = JsonDocument.Parse(StripFrame.Of(_history, "5m", drawn, out last));
        return json.RootElement.Clone();
    }

    private void Add(long at, long reorgs, ulong left) => _history.Add(new FeedTick
    {
        Number = 1,
        Chain = new ChainId(1),
        ReadAt = new UnixNanoseconds((Start + at) * 1_000_000_000),
        Log = new LogStatus { State = LogState.Writable },
        Pool = new PoolStatus { Phase = FoldPhase.Following },
        Ingest = [],
        Head = new HeadBlock(new BlockNumber(7), default, default, UInt256.One, UInt256.One, left),
        Reorgs = reorgs,
        IsSynthetic = false,
        OpenOpportunities = 0,
        ArrivalsPerThousandSeconds = null,
        RecentDrops = 0,
        Alerts = [],
        Health = "ok",
    });
}
