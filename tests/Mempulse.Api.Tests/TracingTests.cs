using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Mempulse.Net.Playback;
using Mempulse.Node;
using Mempulse.Node.Lanes;
using Mempulse.Node.Options;
using Mempulse.ServiceDefaults;
using Mempulse.Testing.Waiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Mempulse.Api.Tests;

/// <summary>The traces that a node with a collector exports.</summary>
public sealed class TracingTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-").FullName;

    [Fact]
    public async Task A_node_exports_traces_of_its_work_and_requests_but_not_of_polls_and_timers()
    {
        var exported = new ConcurrentBag<string>();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration[CommonTelemetry.OtlpEndpointVariable] = "http://127.0.0.1:1";
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(new SimpleActivityExportProcessor(new NameExporter(exported))));
        var options = new NodeOptions { Urls = ["http://127.0.0.1:0"], Directory = _directory };
        await using var app = NodeHost.Build(builder, options, CaptureInput.Of(CaptureInput.SamplePath, PlaybackPace.Maximal), _directory);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        await Until.TrueAsync(() => HasEndedAsync(client), "the capture is played", limitSeconds: 60);
        await client.GetStringAsync(new Uri("/health", UriKind.Relative), TestContext.Current.CancellationToken);
        await app.StopAsync(TestContext.Current.CancellationToken);

        string[] routine = ["IGrainTimerInvoker/", "IMemoryStreamQueueGrain/", "IStreamConsumerExtension/", "IIngestGrain/Report", "GET /health"];
        Assert.DoesNotContain(exported, name => routine.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)));
        Assert.Contains("IMempoolGrain/Start", exported);
        Assert.Contains("IMempoolGrain/GetStatus", exported); // inside a request, so it is not sampled away
    }

    [Fact]
    public void One_append_in_a_hundred_is_kept()
    {
        var sampler = new RoutineCallSampler();

        int kept = Enumerable.Range(1, 10_000).Count(trace => sampler.ShouldSample(AppendOf(trace)).Decision == SamplingDecision.RecordAndSample);

        Assert.InRange(kept, 50, 200);
    }

    [Theory]
    [InlineData("IMembershipService/Ping", SamplingDecision.Drop)]
    [InlineData("IDeploymentLoadPublisher/UpdateRuntimeStatistics", SamplingDecision.Drop)]
    [InlineData("IBookWatchGrain/Start", SamplingDecision.Drop)]
    [InlineData("IMempoolGrain/GetBookPlan", SamplingDecision.Drop)]
    [InlineData("IMempoolGrain/GetMarketPlan", SamplingDecision.Drop)]
    [InlineData("IMempoolGrain/ListOpportunities", SamplingDecision.Drop)]
    [InlineData("ISimulatorGrain/Simulate", SamplingDecision.RecordAndSample)]
    [InlineData("IOpportunityGrain/Advance", SamplingDecision.RecordAndSample)]
    public void A_trace_that_begins_with_a_look_for_work_or_a_call_between_silos_is_dropped(string name, SamplingDecision expected)
    {
        var sampler = new RoutineCallSampler();

        Assert.Equal(expected, sampler.ShouldSample(new SamplingParameters(default, ActivityTraceId.CreateRandom(), name, ActivityKind.Client)).Decision);
    }

    [Theory]
    [InlineData("service.instance.id=given", "given")]
    [InlineData(null, null)]
    public async Task A_process_has_the_instance_id_that_its_supervisor_gives_it_or_one_of_its_own(string? attributes, string? expected)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration[CommonTelemetry.OtlpEndpointVariable] = "http://127.0.0.1:1";
        builder.Configuration["OTEL_RESOURCE_ATTRIBUTES"] = attributes;
        builder.AddServiceDefaults();
        await using var app = builder.Build();

        string? instance = app.Services.GetRequiredService<TracerProvider>().GetResource().Attributes.Single(static attribute => attribute.Key == "service.instance.id").Value.ToString();

        Assert.Equal(expected ?? instance, instance);
        Assert.False(string.IsNullOrEmpty(instance));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>Trace ids spread like random ones; the sampler looks at their first eight bytes.</summary>
    private static SamplingParameters AppendOf(int trace)
    {
        byte[] id = SHA256.HashData(BitConverter.GetBytes(trace));
        return new SamplingParameters(default, ActivityTraceId.CreateFromBytes(id.AsSpan(0, 16)), "ISequencerGrain/Append", ActivityKind.Client);
    }

    private static async Task<bool> HasEndedAsync(HttpClient client)
    {
        using var status = JsonDocument.Parse(await client.GetStringAsync(new Uri("/status", UriKind.Relative)));
        return status.RootElement.GetProperty("lanes").EnumerateArray().Any(lane => !lane.GetProperty("running").GetBoolean());
    }

    private sealed class NameExporter(ConcurrentBag<string> names) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var activity in batch)
            {
                names.Add(activity.DisplayName);
            }

            return ExportResult.Success;
        }
    }
}
