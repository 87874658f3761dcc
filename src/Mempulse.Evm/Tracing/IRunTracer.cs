using Mempulse.Evm.Frames;
using Mempulse.Primitives;

namespace Mempulse.Evm.Tracing;

/// <summary>Traces a run. Implemented by structs and passed as a type parameter, so <see cref="NoTracer"/> costs nothing.</summary>
internal interface IRunTracer
{
    /// <summary>False when the interpreter may skip every call to the tracer.</summary>
    static abstract bool IsOn { get; }

    /// <summary>Called at the start of a run; the tracer can end the run by setting <see cref="RunContext.Exceeded"/>.</summary>
    void Begin(RunContext context);

    /// <summary>Called before each instruction; false ends the run with <see cref="Status.LimitExceeded"/>.</summary>
    bool Step(ref Machine machine, byte instruction);

    /// <summary>Called at the start of each call or creation, including those that fail before they get a frame.</summary>
    void Enter(FrameRequest request, ReadOnlySpan<byte> input, int depth);

    /// <summary>Called at the end of each call or creation.</summary>
    void Exit(Status status, long gasUsed, ReadOnlySpan<byte> output);

    /// <summary>Called after SELFDESTRUCT transferred the balance of an account.</summary>
    void SelfDestructed(in Address account, in Address beneficiary, in UInt256 balance);
}
