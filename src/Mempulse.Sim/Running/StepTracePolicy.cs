using System.Buffers.Binary;
using Mempulse.Primitives;
using Mempulse.Sim.Outcomes;

namespace Mempulse.Sim.Running;

/// <summary>Of which simulations the trace of single instructions is made: a function of the result alone, so every machine chooses the same.</summary>
/// <param name="Rule">Which ones.</param>
/// <param name="SampleOneIn">With <see cref="StepTraceRule.Sample"/>: one of how many, at least 1.</param>
public sealed record StepTracePolicy(StepTraceRule Rule, uint SampleOneIn)
{
    /// <summary>Whether the simulation is one of those.</summary>
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

    /// <summary>The id is a hash, so its first bytes are as good as any.</summary>
    private bool IsChosen(in Hash256 sim)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        sim.CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes) % SampleOneIn == 0;
    }
}
