using System.Diagnostics;
using Mempulse.ServiceDefaults;
using OpenTelemetry.Trace;

namespace Mempulse.Api.Tests;

/// <summary>Which traces are kept: those of work, not those that timers begin.</summary>
public sealed class RoutineCallTests
{
    [Theory]
    [InlineData("IGrainTimerInvoker/OnTimer", false)]
    [InlineData("IMemoryStreamQueueGrain/Dequeue", false)]
    [InlineData("IStreamConsumerExtension/DeliverBatch", false)]
    [InlineData("IIngestGrain/Report", false)]
    [InlineData("IIngestGrain/Read", false)]
    [InlineData("IMempoolGrain/GetStatus", false)]
    [InlineData("ISequencerGrain/GetStatus", false)]
    [InlineData("ISequencerGrain/LastSequence", false)]
    [InlineData("IMembershipService/ProbeIndirectly", false)]
    [InlineData("IBookWatchGrain/Start", false)]
    [InlineData("IMempoolGrain/GetBookPlan", false)]
    [InlineData("ISequencerGrain/LastSequenceOf", true)]
    [InlineData("IMempoolGrain/GetStatusOf", true)]
    [InlineData("ISimulatorGrain/Simulate", true)]
    [InlineData("GET /events", true)]
    public void A_periodic_call_begins_no_trace(string name, bool isKept)
    {
        var decision = new RoutineCallSampler().ShouldSample(new SamplingParameters(default, ActivityTraceId.CreateRandom(), name, ActivityKind.Client)).Decision;

        Assert.Equal(isKept ? SamplingDecision.RecordAndSample : SamplingDecision.Drop, decision);
    }
}
