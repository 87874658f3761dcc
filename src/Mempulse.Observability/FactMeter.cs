using System.Diagnostics.Metrics;
using Mempulse.Primitives;

namespace Mempulse.Observability;

/// <summary>The metrics of facts that are rare and that an operator watches: reorgs and verdicts, counted as they become durable.</summary>
public sealed class FactMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = Telemetry.Prefix + ".Facts";

    private const string Deep = "4_or_more";

    /// <summary>Labels of depths by blocks that were left, from 1.</summary>
    private static readonly string[] _depths = ["1", "2", "3", Deep];

    private readonly Meter _meter;
    private readonly Counter<long> _reorgs;
    private readonly Counter<long> _outcomes;

    /// <summary>Creates the instruments.</summary>
    public FactMeter(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _reorgs = _meter.CreateCounter<long>("mempulse_chain_reorgs", null, "Reorgs of the chain, by the number of blocks that were left.");
        _outcomes = _meter.CreateCounter<long>("mempulse_bundle_outcomes", null, "Verdicts on bundles, by verdict and strength; a later verdict on the same bundle is counted too.");
    }

    /// <summary>Exports the reorgs of a chain from zero on: a series that begins at one is no increase to Prometheus.</summary>
    public void Begin(ChainId chain) => Array.ForEach(_depths, depth => _reorgs.Add(0, Telemetry.Label(chain), Depth(depth)));

    /// <summary>Counts a reorg.</summary>
    public void Reorged(ChainId chain, ulong depthBlocks) =>
        _reorgs.Add(1, Telemetry.Label(chain), Depth(depthBlocks is > 0 and < 4 ? _depths[depthBlocks - 1] : Deep));

    /// <summary>Counts a verdict on a bundle.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="verdict">The verdict, one of a fixed set.</param>
    /// <param name="strength">How far it can be relied on, one of a fixed set.</param>
    public void Decided(ChainId chain, string verdict, string strength) =>
        _outcomes.Add(1, Telemetry.Label(chain), new KeyValuePair<string, object?>("verdict", verdict), new KeyValuePair<string, object?>("strength", strength));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Depth(string depth) => new("depth", depth);
}
