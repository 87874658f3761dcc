using System.ComponentModel.DataAnnotations;
using Mempulse.Grains.Simulations;
using Mempulse.Sim.Outcomes;
using Mempulse.Sim.Running;
using Mempulse.Storage.Contents;

namespace Mempulse.Node.Options;

/// <summary>How the node simulates: the section Mempulse:Simulation.</summary>
internal sealed class SimulationSettings
{
    /// <summary>Simulations of a chain under way at a time; more are refused.</summary>
    [Range(1, 10_000)]
    public int MaxInFlight { get; init; } = SimHostOptions.DefaultMaxInFlight;

    /// <summary>Bytes of witnesses and traces kept beside each log; beyond it the oldest go, and their simulations cannot be executed again.</summary>
    [Range(1L << 20, 1L << 44)]
    public long StoreBytes { get; init; } = ContentStoreOptions.DefaultMaxBytes;

    /// <summary>Of which simulations every instruction is kept beside the call tree: None, Failures, Sample, or "Failures, Sample".</summary>
    [EnumDataType(typeof(StepTraceRule))]
    public StepTraceRule StepTraces { get; init; } = StepTraceRule.Failures;

    /// <summary>With Sample: one simulation of how many.</summary>
    [Range(1, int.MaxValue)]
    public int StepSampleOneIn { get; init; } = (int)SimHostOptions.DefaultSampleOneIn;

    /// <summary>The least that is taken of a node's state: Unverified (the default: what a node does not prove is taken, and every outcome says so), or Verified.</summary>
    [EnumDataType(typeof(StateTrust))]
    public StateTrust LeastTrust { get; init; } = StateTrust.Unverified;

    /// <summary>Blocks whose fetched state is kept in memory.</summary>
    [Range(1, 1024)]
    public int CachedBlocks { get; init; } = 8;
}
