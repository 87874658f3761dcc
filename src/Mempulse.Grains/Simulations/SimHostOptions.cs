using System.ComponentModel.DataAnnotations;
using Mempulse.ChainState;
using Mempulse.Primitives;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;
using Mempulse.Storage.Contents;

namespace Mempulse.Grains.Simulations;

/// <summary>What this silo simulates, over whose state, and how much of it at a time.</summary>
public sealed class SimHostOptions
{
    /// <summary>Default of <see cref="MaxInFlight"/>: enough to keep two cores busy while others wait for a node.</summary>
    public const int DefaultMaxInFlight = 64;

    /// <summary>Default of how many simulations there are to one whose instructions are kept as a sample.</summary>
    public const uint DefaultSampleOneIn = 1_000;

    /// <summary>Below the response time-out of a grain call.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(20);

    /// <summary>Where the state of each chain comes from; a chain that is not here is not simulated.</summary>
    public IReadOnlyList<KeyValuePair<ChainId, Func<TimeProvider, IStateProvider>>> States { get; set; } = [];

    /// <summary>How much one simulation may ask of its node.</summary>
    public RpcStateOptions State { get; set; } = new();

    /// <summary>What one simulation may use.</summary>
    public SimLimits Limits { get; set; } = SimLimits.Default;

    /// <summary>Simulations of a chain under way at a time on this silo; more are refused, not queued.</summary>
    [Range(1, 10_000)]
    public int MaxInFlight { get; set; } = DefaultMaxInFlight;

    /// <summary>Time one may take, fetching included.</summary>
    public TimeSpan Patience { get; set; } = DefaultPatience;

    /// <summary>Of which simulations every instruction is kept; each such simulation is executed a second time. Default: of those that failed.</summary>
    public StepTracePolicy StepTraces { get; set; } = new(StepTraceRule.Failures, DefaultSampleOneIn);

    /// <summary>Bytes of witnesses and traces kept beside each log; beyond it the oldest go.</summary>
    [Range(1L << 20, 1L << 44)]
    public long StoreBytes { get; set; } = ContentStoreOptions.DefaultMaxBytes;
}
