using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;

namespace Mempulse.Sim.Running;

/// <summary>Selects the simulations whose steps are traced, by the result alone, so every machine selects the same.</summary>
/// <param name="Rule">The rules; a simulation that matches any of them is selected.</param>
/// <param name="SampleOneIn">With <see cref="StepTraceRule.Sample"/>: selects one in this many simulations; at least 1.</param>
public sealed record StepTracePolicy(StepTraceRule Rule, uint SampleOneIn)
{
    /// <summary>True when the simulation is selected.</summary>
    public bool Wants(SimResult result) =>
        (Rule.HasFlag(StepTraceRule.Failures) && HasFailed(result)) || (Rule.HasFlag(StepTraceRule.Sample) && IsChosen(result.SimId));

    private static bool HasFailed(SimResult result)
    {
        bool failed = result.Outcome is SimOutcome.Reverted or SimOutcome.Halted or SimOutcome.LimitExceeded;
        for (int i = 0; i < result.Transactions.Count && !failed; i++)
        {
            failed = !result.Transactions[i].IsSuccess;
        }

        return failed;
    }

    /// <summary>The id is a hash, so its first eight bytes are uniformly distributed.</summary>
    private bool IsChosen(in Hash256 sim)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        sim.CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes) % SampleOneIn == 0;
    }
}
