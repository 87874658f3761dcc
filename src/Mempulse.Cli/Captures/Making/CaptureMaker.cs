using Mempulse.Net.Captures;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Cli.Captures.Making;

/// <summary>Makes a capture from consecutive real blocks; the same blocks and seed give the same bytes.</summary>
internal sealed class CaptureMaker(IReadOnlyList<RealBlock> blocks, ulong seed)
{
    private const string Label =
        "SYNTHETIC. Real: the blocks and the signed bytes of their transactions. Made from a seed: every arrival time and source, "
        + "which transactions stayed private, a losing two-block fork before the last two blocks, and the transactions of fourteen throwaway accounts. "
        + "Receipts are not part of it: no outcome of an execution is known.";

    private const long ForkedLead = 20 * Duration.Second;

    private static readonly CaptureSource[] s_sources =
    [
        new("synthetic-frankfurt", "capture:synthetic-frankfurt", "made by mempulse capture make"),
        new("synthetic-singapore", "capture:synthetic-singapore", "made by mempulse capture make"),
        new("synthetic-virginia", "capture:synthetic-virginia", "made by mempulse capture make"),
    ];

    /// <summary>Writes the capture to <paramref name="stream"/> and closes it.</summary>
    public void Write(Stream stream, string title, string provenance)
    {
        var chain = new ChainId(1);
        var clock = new BlockClock(blocks[0].Observed.TimestampSeconds);
        var timeline = new Timeline();
        var random = new SeededRandom(seed);
        var arrivals = new Arrivals(timeline, random, s_sources.Length);
        new RealTraffic(timeline, random, arrivals, clock).Add(blocks);
        var made = new SyntheticTraffic(timeline, arrivals, chain);
        made.Add();
        var forked = made.AddForked(clock.ArrivalOf(blocks[^2].Observed) - ForkedLead);
        new SyntheticFork(timeline, clock, seed).Add(blocks, forked);

        using var writer = new CaptureWriter(stream, HeaderOf(chain, clock.Start, title, provenance));
        timeline.WriteTo(writer);
        writer.Complete();
    }

    private CaptureHeader HeaderOf(ChainId chain, UnixNanoseconds start, string title, string provenance) => new()
    {
        Chain = chain,
        Title = title,
        IsSynthetic = true,
        Label = Label,
        Provenance = provenance,
        Seed = seed,
        Start = start,
        Sources = s_sources,

        // Chosen so that two minutes of chain show every state: confirmed after three blocks, expired after seven.
        SuggestedParameters = new FoldParameters { ConfirmationDepthBlocks = 3, ExpirySeconds = 84 },
        SuggestedPacePercent = 600,
    };
}
