using OpenTelemetry.Trace;

namespace Mempulse.ServiceDefaults;

/// <summary>Drops traces that begin with a call a silo makes by the clock, and keeps a few of those that begin with a lane's append: hundreds a second of them would bury the traces of simulations and requests.</summary>
/// <remarks>
/// It decides about roots only; the children of a dropped root go with it, by <see cref="ParentBasedSampler"/>. So a status call inside a request is kept,
/// and one that the summary makes every few seconds is not. Work that a timer starts and that deserves a trace starts its activity without a parent.
/// </remarks>
internal sealed class RoutineCallSampler : Sampler
{
    /// <summary>Grain interfaces whose calls are all routine: the timers of grains and of the stream's pulling agents, the stream's queues, its deliveries.</summary>
    private static readonly string[] _interfaces = ["IGrainTimerInvoker/", "IMemoryStreamQueueGrain/", "IStreamConsumerExtension/"];

    /// <summary>Calls by which a host reports about itself or reads its own summary.</summary>
    private static readonly string[] _calls = ["IIngestGrain/Report", "IIngestGrain/Read", "IMempoolGrain/GetStatus", "ISequencerGrain/GetStatus"];

    private const string Append = "ISequencerGrain/Append";

    /// <summary>One append in a hundred: enough to see where its time goes; mempulse_log_append measures all of them.</summary>
    private static readonly TraceIdRatioBasedSampler _appends = new(0.01);

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Name == Append ? _appends.ShouldSample(samplingParameters)
        : IsRoutine(samplingParameters.Name) ? new SamplingResult(SamplingDecision.Drop)
        : new SamplingResult(SamplingDecision.RecordAndSample);

    private static bool IsRoutine(string name) =>
        _calls.Contains(name, StringComparer.Ordinal) || Array.Exists(_interfaces, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
