using OpenTelemetry.Trace;

namespace Mempulse.ServiceDefaults;

/// <summary>Drops traces that begin with a periodic call of a silo, and keeps a sample of those that begin with a lane's append.</summary>
/// <remarks>
/// Hundreds of routine traces per second would bury those of simulations and requests. Decides about roots only; <see cref="ParentBasedSampler"/>
/// drops the children of a dropped root. So a status call inside a request is kept, and one that the console summary makes every few seconds is not.
/// Work that a timer starts and that needs a trace starts its activity without a parent.
/// </remarks>
internal sealed class RoutineCallSampler : Sampler
{
    /// <summary>Grain interfaces whose calls are all routine: timers of grains and pulling agents, stream queues and deliveries, and what silos tell each other.</summary>
    private static readonly string[] _interfaces =
    [
        "IGrainTimerInvoker/", "IMemoryStreamQueueGrain/", "IStreamConsumerExtension/",
        "IMembershipService/", "IDeploymentLoadPublisher/", "IDhtGrainDirectory/", "IRemoteGrainDirectory/", "ISiloManifestSystemTarget/",
    ];

    /// <summary>Calls by which a host reports its status or reads its summary, and those that loops make to see whether there is work.</summary>
    private static readonly string[] _calls =
    [
        "IIngestGrain/Report", "IIngestGrain/Read", "IMempoolGrain/GetStatus", "ISequencerGrain/GetStatus", "ISequencerGrain/LastSequence",
        "IBookWatchGrain/Start", "IMempoolGrain/GetBookPlan", "IMempoolGrain/GetMarketPlan", "IMempoolGrain/ListOpportunities",
    ];

    private const string Append = "ISequencerGrain/Append";

    /// <summary>One append in a hundred is enough to see where its time goes; mempulse_log_append measures all of them.</summary>
    private static readonly TraceIdRatioBasedSampler _appends = new(0.01);

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Name == Append ? _appends.ShouldSample(samplingParameters)
        : IsRoutine(samplingParameters.Name) ? new SamplingResult(SamplingDecision.Drop)
        : new SamplingResult(SamplingDecision.RecordAndSample);

    private static bool IsRoutine(string name) =>
        _calls.Contains(name, StringComparer.Ordinal) || Array.Exists(_interfaces, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
