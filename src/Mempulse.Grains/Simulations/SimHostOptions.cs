using System.ComponentModel.DataAnnotations;
using Mempulse.ChainState;
using Mempulse.Primitives;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;
using Mempulse.Storage.Contents;

namespace Mempulse.Grains.Simulations;

/// <summary>Options of simulations: the section Mempulse:Simulation, and where state comes from.</summary>
public sealed class SimHostOptions
{
    /// <summary>Default of <see cref="MaxInFlight"/>: enough to keep two cores busy while others wait for a node.</summary>
    public const int DefaultMaxInFlight = 64;

    /// <summary>Default of <see cref="StepSampleOneIn"/>.</summary>
    public const int DefaultStepSampleOneIn = 1_000;

    /// <summary>Default of <see cref="Patience"/>: below the response time-out of a grain call.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(20);

    /// <summary>Where the state of each chain comes from; a chain that is not here is not simulated.</summary>
    public IReadOnlyList<KeyValuePair<ChainId, Func<StateGround, IStateProvider>>> States { get; set; } = [];

    /// <summary>How much of a node's state is fetched and kept.</summary>
    public RpcStateOptions State { get; set; } = new();

    /// <summary>Limits of one simulation.</summary>
    public SimLimits Limits { get; set; } = SimLimits.Default;

    /// <summary>Simulations of a chain that may run at a time on this silo; more are refused, not queued. More of them wait longer for the same cores. Default 64.</summary>
    [Range(1, 10_000)]
    public int MaxInFlight { get; set; } = DefaultMaxInFlight;

    /// <summary>Longest time of one simulation, fetching included; below the 30 s that a grain call may take. Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:29")]
    public TimeSpan Patience { get; set; } = DefaultPatience;

    /// <summary>Which simulations keep a trace of every instruction: None, Failures, Sample, or "Failures, Sample". Each of them is executed a second time. Default: Failures.</summary>
    [EnumDataType(typeof(StepTraceRule))]
    public StepTraceRule StepTraces { get; set; } = StepTraceRule.Failures;

    /// <summary>With Sample: one in this many simulations. Default 1,000.</summary>
    [Range(1, int.MaxValue)]
    public int StepSampleOneIn { get; set; } = DefaultStepSampleOneIn;

    /// <summary>Largest size, in bytes, of the witnesses and traces beside each log; beyond it the oldest are deleted, and their simulations cannot be executed again. Default 4 GiB.</summary>
    [Range(1L << 20, 1L << 44)]
    public long StoreBytes { get; set; } = ContentStoreOptions.DefaultMaxBytes;

    internal StepTracePolicy StepTracePolicy => new(StepTraces, (uint)StepSampleOneIn);
}
