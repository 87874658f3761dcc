using System.Collections.Concurrent;
using System.Diagnostics;
using Mempulse.ChainState;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Grains.Simulations;
using Mempulse.Grains.Tests.Hosting;
using Mempulse.Observability;
using Mempulse.Primitives;

namespace Mempulse.Grains.Tests.Simulations;

/// <summary>One activity covers a simulation from its request to its durable record.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class SimulationSpanTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-span-").FullName;

    [Fact]
    public async Task The_span_of_a_simulation_ends_after_its_append_and_contains_fetch_execution_and_append()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Spans.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var silo = await TestSilo.StartAsync(
            _directory,
            simulations: options => options.States = [KeyValuePair.Create<ChainId, Func<StateContext, IStateProvider>>(TestSilo.Chain, _ => MadeChain.State())]);

        var answer = await silo.Grains.Simulator(TestSilo.Chain).Simulate(MadeChain.Call(MadeChain.Stopper));

        var simulate = ended.Single(span => span.OperationName == Spans.Simulate);
        var spans = ended.Where(span => span.TraceId == simulate.TraceId).ToList(); // other tests have their own spans
        var children = spans.Where(span => span.ParentSpanId == simulate.SpanId).ToList();
        Assert.Equal(SimAnswerKind.Recorded, answer.Kind);
        Assert.Equal(["1", nameof(SimAnswerKind.Recorded)], simulate.TagObjects.Select(tag => tag.Value));
        Assert.Equal([Spans.Append, Spans.Execute, Spans.Fetch], children.Select(span => span.OperationName).Distinct().Order(StringComparer.Ordinal));
        Assert.All(children, child => Assert.InRange(child.StartTimeUtc, simulate.StartTimeUtc, simulate.StartTimeUtc + simulate.Duration));
        Assert.Equal(spans.Count - 1, spans.IndexOf(simulate)); // nothing ends after it
        Assert.Equal(Spans.Append, spans[^2].OperationName);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
