using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tracing;

/// <summary>Sees a run as it goes. A struct type parameter of the loop: <see cref="NoTracer"/> costs nothing.</summary>
internal interface IRunTracer
{
    /// <summary>False when the loop may leave every call to the tracer out.</summary>
    static abstract bool IsOn { get; }

    /// <summary>A run begins; the tracer ends it by setting <see cref="RunContext.Exceeded"/>.</summary>
    void Begin(RunContext context);

    /// <summary>An instruction is about to run; false ends the run with <see cref="Status.LimitExceeded"/>.</summary>
    bool Step(ref Machine machine, byte instruction);

    /// <summary>A call or creation begins; also those that fail at once.</summary>
    void Enter(FrameRequest request, ReadOnlySpan<byte> input, int depth);

    /// <summary>It ended.</summary>
    void Exit(Status status, long gasUsed, ReadOnlySpan<byte> output);

    /// <summary>An account gave all it has to another by SELFDESTRUCT.</summary>
    void SelfDestructed(in Address account, in Address heir, in UInt256 balance);
}
