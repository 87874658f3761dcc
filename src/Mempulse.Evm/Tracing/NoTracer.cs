using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tracing;

/// <summary>The tracer that does nothing.</summary>
internal readonly struct NoTracer : IRunTracer
{
    public static bool IsOn => false;

    public void Begin(RunContext context)
    {
    }

    public bool Step(ref Machine machine, byte instruction) => true;

    public void Enter(FrameRequest request, ReadOnlySpan<byte> input, int depth)
    {
    }

    public void Exit(Status status, long gasUsed, ReadOnlySpan<byte> output)
    {
    }

    public void SelfDestructed(in Address account, in Address beneficiary, in UInt256 balance)
    {
    }
}
