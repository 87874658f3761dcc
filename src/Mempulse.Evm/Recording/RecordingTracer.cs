using Mempulse.Evm.Frames;
using Mempulse.Evm.Tracing;
using Mempulse.Primitives;

namespace Mempulse.Evm.Recording;

/// <summary>Forwards all events to a recorder.</summary>
internal readonly struct RecordingTracer(RunRecorder recorder) : IRunTracer
{
    public static bool IsOn => true;

    public void Begin(RunContext context) => recorder.Begin(context);

    public bool Step(ref Machine machine, byte instruction) => recorder.Step(ref machine, instruction);

    public void Enter(FrameRequest request, ReadOnlySpan<byte> input, int depth) => recorder.Enter(request, input);

    public void Exit(Status status, long gasUsed, ReadOnlySpan<byte> output) => recorder.Exit(status, gasUsed, output);

    public void SelfDestructed(in Address account, in Address beneficiary, in UInt256 balance) => recorder.SelfDestructed(account, beneficiary, balance);
}
