using System.ComponentModel.DataAnnotations;
using Mempulse.ChainState;
using Mempulse.Primitives;
using Mempulse.Sim.Requests;
using Mempulse.Sim.Running;
using Mempulse.Storage.Contents;

namespace Mempulse.Grains.Simulations;

/// <summary>Options of simulations: the section Mempulse:Simulation, and the sources of state.</summary>
public sealed class SimHostOptions
{
    /// <summary>Default of <see cref="MaxInFlight"/>: enough to keep two cores busy while most simulations wait for a node.</summary>
    public const int DefaultMaxInFlight = 64;

    /// <summary>Default of <see cref="StepSampleOneIn"/>.</summary>
    public const int DefaultStepSampleOneIn = 1_000;

    /// <summary>Default of <see cref="Patience"/>: below the response timeout of a grain call.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(20);

    /// <summary>The sources of state by chain. Chains without one are not simulated.</summary>
    public IReadOnlyList<KeyValuePair<ChainId, Func<StateContext, IStateProvider>>> States { get; set; } = [];

    /// <summary>Options of fetching and caching state.</summary>
    public RpcStateOptions State { get; set; } = new();

    /// <summary>Limits of one simulation.</summary>
    public SimLimits Limits { get; set; } = SimLimits.Default;

    /// <summary>The maximum number of simulations of a chain in progress on this silo. Default 64.</summary>
    /// <remarks>More are refused, not queued. With a higher limit each waits longer for the same cores.</remarks>
    [Range(1, 10_000)]
    public int MaxInFlight { get; set; } = DefaultMaxInFlight;

    /// <summary>The maximum time of one simulation, including fetching; below the 30 s of a grain call. Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:29")]
    public TimeSpan Patience { get; set; } = DefaultPatience;

    /// <summary>Which simulations store a trace of every instruction: None, Failures, Sample, or "Failures, Sample". Default: Failures.</summary>
    /// <remarks>Each of them is executed a second time.</remarks>
    [EnumDataType(typeof(StepTraceRule))]
    public StepTraceRule StepTraces { get; set; } = StepTraceRule.Failures;

    /// <summary>With Sample: one in this many simulations. Default 1,000.</summary>
    [Range(1, int.MaxValue)]
    public int StepSampleOneIn { get; set; } = DefaultStepSampleOneIn;

    /// <summary>The maximum size of the witnesses and traces beside each log, in bytes. Default 4 GiB.</summary>
    /// <remarks>Beyond it the oldest are deleted, and their simulations cannot be executed again.</remarks>
    [Range(1L << 20, 1L << 44)]
    public long StoreBytes { get; set; } = ContentStoreOptions.DefaultMaxBytes;

    internal StepTracePolicy StepTracePolicy => new(StepTraces, (uint)StepSampleOneIn);
}
